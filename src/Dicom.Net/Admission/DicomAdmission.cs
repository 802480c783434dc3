using System.Net;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// Whom a listener lets in: by address before a byte is read, by AE titles, certificate and user before the application is asked. It does not
/// change, and may be shared by all threads; its functions are called from several at once.
/// </summary>
/// <remarks>
/// <para>Everything is optional: what is not set lets everybody through. AE titles are what peers say of themselves; only a certificate, or at
/// least an address, tells who they are.</para>
/// <para>Titles are compared as they are, upper and lower case being different; spaces around them do not count (PS3.5 §6.2, AE).</para>
/// </remarks>
public sealed record DicomAdmission
{
    /// <summary>
    /// The networks that connections may come from; none, the default: all. Others are closed at once, before TLS begins. An IPv4 peer of an
    /// IPv6 socket counts as IPv4.
    /// </summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>The networks that connections may not come from, though they lie in an allowed one.</summary>
    public IReadOnlyList<IPNetwork> DeniedNetworks { get; init; } = [];

    /// <summary>
    /// The called AE titles that are served besides those of <see cref="ApplicationEntities"/>; if there are none of either, all are. Others
    /// are rejected: permanent, called AE title not recognized (1/1/7, PS3.8 Table 9-21).
    /// </summary>
    public IReadOnlyCollection<string> CalledTitles { get; init => field = Titles(value, nameof(CalledTitles)); } = [];

    /// <summary>
    /// The calling AE titles that are served; none, the default: all. Others are rejected: permanent, calling AE title not recognized (1/1/3).
    /// </summary>
    public IReadOnlyCollection<string> CallingTitles { get; init => field = Titles(value, nameof(CallingTitles)); } = [];

    /// <summary>
    /// The calling AE titles that the holder of a certificate may use, none included; null for a certificate that is not known. Null, the
    /// default: certificates are not looked at. Others are rejected with 1/1/3, and so is, on a plain connection too, a peer that has shown no
    /// certificate. Look the certificate up by <see cref="X509Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName)"/>,
    /// or by its subject where its issuer is trusted to check that.
    /// </summary>
    public Func<X509Certificate2, IReadOnlyCollection<string>?>? CallingTitlesOf { get; init; }

    /// <summary>
    /// Whether a user may have an association (PS3.7 §D.3.3.7): asked for each request that the other rules and the limits let through, of one
    /// without an identity too, before <see cref="DicomNet.OnReceiveAssociateRequest"/>. Null, the default: nobody is asked. The request waits for
    /// the answer, and nothing else does: it may come from another machine. Who is refused is rejected with 1/2/1; where the function throws, with
    /// 2/1/1, and the log tells the exception's type alone, as its text may hold a secret.
    /// </summary>
    /// <remarks>It is called on threads of the pool or the library, for several requests at once.</remarks>
    public Func<DicomUserQuestion, ValueTask<DicomUserVerdict>>? AdmitUser { get; init; }

    /// <summary>
    /// The application entities that are served on this port, each with what it supports. An association with one of them that no code of the
    /// application answers is accepted, as far as that is supported. Of two with one title the first counts.
    /// </summary>
    public IReadOnlyList<DicomApplicationEntity> ApplicationEntities { get; init; } = [];

    /// <summary>Whether a connection may come from an address.</summary>
    /// <param name="address">The peer's.</param>
    public bool Admits(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (AllowedNetworks.Count == 0 || IsIn(AllowedNetworks, bare)) && !IsIn(DeniedNetworks, bare);
    }

    /// <summary>Decides about an association: a pure function of who asks for what. <see cref="AdmitUser"/> comes after it.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="certificate">The peer's certificate; null where it has shown none.</param>
    /// <returns>How it is to be rejected, or what is supported of it.</returns>
    public DicomAdmissionDecision Decide(DicomAssociate request, X509Certificate2? certificate)
    {
        ArgumentNullException.ThrowIfNull(request);
        var called = request.Called.Trim(' ');
        var calling = request.Calling.Trim(' ');
        var entity = FindEntity(called);
        if (entity is null && (CalledTitles.Count > 0 || ApplicationEntities.Count > 0) && !CalledTitles.Contains(called))
        {
            return DicomAdmissionDecision.CalledNotRecognized;
        }

        if (!Serves(CallingTitles, calling) || (entity is not null && !Serves(entity.CallingTitles, calling)) || !MayUse(certificate, calling))
        {
            return DicomAdmissionDecision.CallingNotRecognized;
        }

        return entity is null ? DicomAdmissionDecision.LeftToApplication : DicomAdmissionDecision.Supported(entity.Services);
    }

    /// <summary>The titles as they are compared.</summary>
    /// <exception cref="ArgumentException">One is no AE title.</exception>
    internal static IReadOnlyCollection<string> Titles(IReadOnlyCollection<string> titles, string name)
    {
        ArgumentNullException.ThrowIfNull(titles, name);
        return titles.Select(title => Title(title, name)).ToHashSet(StringComparer.Ordinal);
    }

    internal static string Title(string title, string name)
    {
        SentText.AETitle(title, name);
        return title.Trim(' ');
    }

    private DicomApplicationEntity? FindEntity(string title)
    {
        foreach (var entity in ApplicationEntities)
        {
            if (string.Equals(entity.Title, title, StringComparison.Ordinal))
            {
                return entity;
            }
        }

        return null;
    }

    private static bool Serves(IReadOnlyCollection<string> titles, string title) => titles.Count == 0 || titles.Contains(title);

    private bool MayUse(X509Certificate2? certificate, string calling) =>
        CallingTitlesOf is not { } titlesOf
        || (certificate is not null && titlesOf(certificate) is { } titles && titles.Any(title => title.AsSpan().Trim(' ').SequenceEqual(calling)));

    private static bool IsIn(IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            if (networks[i].Contains(address) || (IsOfIPv4(networks[i]) && networks[i].Contains(address.MapToIPv6())))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is one of IPv4 peers of IPv6 sockets, as ::ffff:10.0.0.0/104.</summary>
    private static bool IsOfIPv4(IPNetwork network) => network is { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= 96 };
}
