using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dicom.Net.Hosting;

/// <summary>Says at the start what is wrong with a listener's options, all at once, and what to do.</summary>
internal sealed class DicomListenerOptionsValidator(IOptions<HostOptions> host) : IValidateOptions<DicomListenerOptions>
{
    // PS3.5 §6.2: an AE title has 1 to 16 characters. PS3.5 §9.1: a UID has 1 to 64.
    private const int LongestTitle = 16, LongestUid = 64;

    public ValidateOptionsResult Validate(string? name, DicomListenerOptions options) => ResultOf(name, ProblemsOf(options));

    /// <summary>Problems as the host is told of them: with the listener's name, where it has one.</summary>
    public static ValidateOptionsResult ResultOf(string? name, IEnumerable<string> found)
    {
        string[] problems = [.. found.Select(problem => $"{(string.IsNullOrEmpty(name) ? "" : $"{name}: ")}{problem}")];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> ProblemsOf(DicomListenerOptions options) =>
    [
        .. AddressProblems(options),
        .. TitleProblems(options),
        .. NetworkProblems(options.AllowedNetworks, nameof(options.AllowedNetworks)),
        .. NetworkProblems(options.DeniedNetworks, nameof(options.DeniedNetworks)),
        .. LimitProblems(options),
        .. StopProblems(options, host.Value.ShutdownTimeout),
        .. ProxyProblems(options.ProxyProtocol),
        .. TlsProblems(options.Tls),
    ];

    private static IEnumerable<string> AddressProblems(DicomListenerOptions options)
    {
        if (options.Port is < 0 or > ushort.MaxValue)
        {
            yield return $"Port {options.Port} does not exist: set 1 to 65535, or 0 for the first free one.";
        }

        if (options.Backlog < 1)
        {
            yield return $"Backlog {options.Backlog} lets nobody wait: set 1 or more; 128 is usual.";
        }

        if (options.IpType is < IpType.IPv4 or > IpType.IPv4OrIPv6)
        {
            yield return $"IpType {options.IpType} names no address family: set IPv4, IPv6 or IPv4OrIPv6.";
        }

        if (options.Folder is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            yield return $"Folder {folder} does not exist: create it, or leave it out for the system's temporary folder.";
        }
    }

    private static IEnumerable<string> TitleProblems(DicomListenerOptions options)
    {
        var titles = options.AETitle is { } own ? options.CallingAETitles.Prepend(own) : options.CallingAETitles;
        foreach (var title in titles.Where(title => !IsTitle(title)))
        {
            yield return $"'{title}' is no AE title: it has 1 to {LongestTitle} characters of ASCII, no backslash, and not spaces alone.";
        }

        foreach (var uid in options.SopClasses.Where(uid => !IsUid(uid)))
        {
            yield return $"'{uid}' in SopClasses is no UID: it is made of digits and dots, as 1.2.840.10008.5.1.4.1.1.2.";
        }
    }

    private static IEnumerable<string> NetworkProblems(IList<string> networks, string name) => networks
        .Where(network => !IPNetwork.TryParse(network, out _))
        .Select(network => $"'{network}' in {name} is no network: write it as 192.0.2.0/24, a single address as 192.0.2.1/32.");

    private static IEnumerable<string> LimitProblems(DicomListenerOptions options)
    {
        (string Name, long? Value)[] limits =
        [
            (nameof(options.MaximumAssociations), options.MaximumAssociations),
            (nameof(options.MaximumAssociationsPerAddress), options.MaximumAssociationsPerAddress),
            (nameof(options.MaximumAssociationsPerCallingTitle), options.MaximumAssociationsPerCallingTitle),
            (nameof(options.MaximumDataSetLength), options.MaximumDataSetLength),
            (nameof(options.MemoryThreshold), options.MemoryThreshold),
        ];
        foreach (var (name, value) in limits.Where(limit => limit.Value < 0))
        {
            yield return $"{name} {value} is negative: set 0 or more, or leave it out for the default.";
        }

        if (!IsTimeLimit(options.IdleTimeout) || !IsTimeLimit(options.HandlerTimeLimit))
        {
            yield return "IdleTimeout and HandlerTimeLimit are positive and at most 24 days: write 00:30:00 for half an hour, or leave them out.";
        }
    }

    private static IEnumerable<string> StopProblems(DicomListenerOptions options, TimeSpan shutdownTimeout)
    {
        if (options.DrainDelay < TimeSpan.Zero || options.DrainDelay.TotalMilliseconds > int.MaxValue)
        {
            yield return $"DrainDelay {options.DrainDelay} is none: write 00:00:10 for ten seconds, or leave it out.";
        }
        else if (options.DrainDelay > TimeSpan.Zero && shutdownTimeout != Timeout.InfiniteTimeSpan && options.DrainDelay >= shutdownTimeout)
        {
            yield return $"DrainDelay {options.DrainDelay} leaves nothing of the host's ShutdownTimeout, {shutdownTimeout}, for associations to come to "
                + "their end: set a shorter one, or a longer ShutdownTimeout (shutdownTimeoutSeconds in the host's configuration).";
        }

        if (options.HealthPort is < 0 or > ushort.MaxValue)
        {
            yield return $"HealthPort {options.HealthPort} does not exist: set 1 to 65535, 0 for the first free one, or leave it out.";
        }

        if (options.SocketName is not null && !options.Activated)
        {
            yield return "SocketName is for activated sockets: set Activated, or leave it out.";
        }
    }

    private static IEnumerable<string> ProxyProblems(DicomListenerProxyOptions? proxies)
    {
        if (proxies is null)
        {
            yield break;
        }

        if (proxies.TrustedNetworks.Count == 0)
        {
            yield return "ProxyProtocol has no TrustedNetworks: name the networks of the proxies, or leave ProxyProtocol out.";
        }

        foreach (var problem in NetworkProblems(proxies.TrustedNetworks, nameof(proxies.TrustedNetworks)))
        {
            yield return problem;
        }

        if (!IsTimeLimit(proxies.HeaderTimeout))
        {
            yield return "HeaderTimeout of ProxyProtocol is positive and at most 24 days: write 00:00:05 for five seconds, or leave it out.";
        }
    }

    private static IEnumerable<string> TlsProblems(DicomListenerTlsOptions? tls)
    {
        if (tls is null)
        {
            yield break;
        }

        if (string.IsNullOrEmpty(tls.CertificateFile))
        {
            yield return "Tls has no CertificateFile: name a PEM or PFX file, or leave Tls out for plain connections.";
        }

        if (tls.ClientAuthoritiesFile is "")
        {
            yield return "Tls has a ClientAuthoritiesFile that is empty: name a PEM file, or leave it out, and no client is asked for a certificate.";
        }

        string?[] files = [tls.CertificateFile, tls.KeyFile, tls.ClientAuthoritiesFile];
        foreach (var file in files.Where(file => !string.IsNullOrEmpty(file) && !File.Exists(file)))
        {
            yield return $"Tls names {file}, which is not there.";
        }
    }

    // Configuration may have nothing where an element is wanted: [ null ].
    private static bool IsTitle(string? title) =>
        title?.Trim(' ').Length is > 0 and <= LongestTitle && title.All(character => character is >= ' ' and <= '~' and not '\\');

    private static bool IsUid(string? uid) =>
        uid?.Length is > 0 and <= LongestUid && uid.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit));

    // As every time limit of the library: what a timer holds.
    private static bool IsTimeLimit(TimeSpan? limit) =>
        limit is not { } value || value == Timeout.InfiniteTimeSpan || (value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue);
}
