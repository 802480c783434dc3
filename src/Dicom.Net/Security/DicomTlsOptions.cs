using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net;

/// <summary>
/// How the connections of a <see cref="DicomNet"/> are secured (PS3.15 Annex B). An object is read when a connection is made; it may be
/// shared, and is not to be changed afterwards. The certificates in it stay the caller's, and must live as long as it is used.
/// </summary>
public sealed partial record DicomTlsOptions
{
    /// <summary>This side's certificate, with its private key. A server needs one; a client needs one where the server wants to see it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The certificates between this side's own and its root, shown to the peer together with it.</summary>
    public X509Certificate2Collection Intermediates { get; init; } = [];

    /// <summary>For a server: whether its clients show a certificate.</summary>
    public DicomTlsClientCertificateMode ClientCertificateMode { get; init; }

    /// <summary>
    /// The roots that the peer's certificate may lead to; a certificate that is signed by itself is its own. Null: those that the system
    /// trusts. Empty: none.
    /// </summary>
    public X509Certificate2Collection? TrustedAuthorities { get; init; }

    /// <summary>Which protocol versions and cipher suites are allowed, by the name that DICOM has for them.</summary>
    public DicomTlsProfile Profile { get; init; }

    /// <summary>
    /// The cipher suites to allow instead of the profile's, the preferred one first: a client offers them in this order, a server chooses by it.
    /// Null: the profile's. An error where the platform leaves no choice (Windows, where the system's policy decides).
    /// </summary>
    public IReadOnlyList<DicomTlsCipherSuiteType>? CipherSuites { get; init; }

    /// <summary>The protocol versions to allow instead of the profile's. Null: the profile's.</summary>
    public SslProtocols? Protocols { get; init; }

    /// <summary>
    /// For a client: the name or address that the server's certificate has to be for, and, if it is a name, that the server is told (SNI, RFC
    /// 6066 §3). Null: what was given to Connect.
    /// </summary>
    public string? TargetHost { get; init; }

    /// <summary>
    /// For a client: whether the server's certificate has to be for <see cref="TargetHost"/>. True unless set: without it, whoever has any
    /// certificate of a trusted authority can pass for the server.
    /// </summary>
    public bool CheckHostName { get; init; } = true;

    /// <summary>
    /// How long the handshake may take, from the connection on. Default 15 seconds (arbitrary: some round trips, and a person's patience).
    /// </summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Whether the issuers are asked if a certificate was revoked. By default not: a hospital's network seldom reaches them, and asking holds
    /// up the handshake.
    /// </summary>
    public X509RevocationMode RevocationMode { get; init; } = X509RevocationMode.NoCheck;

    /// <exception cref="ArgumentException">A value cannot be right; the message says which.</exception>
    internal void Validate()
    {
        if (HandshakeTimeout != Timeout.InfiniteTimeSpan && (HandshakeTimeout <= TimeSpan.Zero || HandshakeTimeout.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(HandshakeTimeout), HandshakeTimeout, "A time limit is positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
        }

        if (Certificate is { HasPrivateKey: false })
        {
            throw new ArgumentException(
                "This side's certificate is there without its private key: load both, with FromPfx or FromPem.", nameof(Certificate));
        }

        if (!Enum.IsDefined(Profile) || !Enum.IsDefined(ClientCertificateMode))
        {
            throw new ArgumentException($"There is no {Profile} or no {ClientCertificateMode}.", nameof(Profile));
        }
    }
}
