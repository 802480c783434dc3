using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Hosting;

/// <summary>The options of the network, made of what configuration and builder say.</summary>
internal static class NetworkOptions
{
    public static DicomNetOptions Of(
        DicomListenerBuilder builder, DicomListenerOptions options, IServiceProvider services, AssociationScopes scopes)
    {
        var defaults = new DicomNetOptions();
        var network = defaults with
        {
            LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
            TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System,
            Handlers = HandlersOf(builder, options, services, scopes),
            Admission = AdmissionOf(options),
            Tls = options.Tls is { } tls ? TlsOf(tls) : null,
            IdleTimeout = options.IdleTimeout ?? defaults.IdleTimeout,
            MemoryThreshold = options.MemoryThreshold ?? defaults.MemoryThreshold,
            HealthPort = options.HealthPort,
            ProxyProtocol = options.ProxyProtocol is { } proxies ? ProxyProtocolOf(proxies) : null,
            Socket = options.SharesPort ? DicomNet.GetDefaultSocketOptions() with { SharesPort = true } : null,
            Limits = LimitsOf(options, defaults.Limits),
        };
        return builder.Network.Aggregate(network, (sofar, change) => change(services, sofar));
    }

    private static DicomHandlers HandlersOf(
        DicomListenerBuilder builder, DicomListenerOptions options, IServiceProvider services, AssociationScopes scopes)
    {
        var handlers = new DicomHandlers
        {
            TimeLimit = options.HandlerTimeLimit ?? Timeout.InfiniteTimeSpan,
            Supported = SupportedServices.Of(builder, options),
        };
        foreach (var add in builder.Handlers)
        {
            add(services, handlers, scopes);
        }

        return handlers;
    }

    /// <summary>Whom configuration lets in; where it says nothing of that, everybody: code that adds a rule finds something to add it to.</summary>
    private static DicomAdmission AdmissionOf(DicomListenerOptions options) => new()
    {
        AllowedNetworks = NetworksOf(options.AllowedNetworks),
        DeniedNetworks = NetworksOf(options.DeniedNetworks),
        CalledTitles = options.AETitle is { } title ? [title] : [],
        CallingTitles = [.. options.CallingAETitles],
    };

    private static DicomNetLimits LimitsOf(DicomListenerOptions options, DicomNetLimits defaults) => defaults with
    {
        MaximumAssociations = options.MaximumAssociations ?? defaults.MaximumAssociations,
        MaximumAssociationsPerAddress = options.MaximumAssociationsPerAddress ?? defaults.MaximumAssociationsPerAddress,
        MaximumAssociationsPerCallingTitle = options.MaximumAssociationsPerCallingTitle ?? defaults.MaximumAssociationsPerCallingTitle,
        MaximumDataSetLength = options.MaximumDataSetLength ?? defaults.MaximumDataSetLength,
    };

    private static DicomProxyProtocol ProxyProtocolOf(DicomListenerProxyOptions proxies)
    {
        var protocol = new DicomProxyProtocol
        {
            TrustedNetworks = NetworksOf(proxies.TrustedNetworks),
            AcceptsDirect = proxies.AcceptsDirect,
        };
        return proxies.HeaderTimeout is { } limit ? protocol with { HeaderTimeout = limit } : protocol;
    }

    private static IReadOnlyList<IPNetwork> NetworksOf(IList<string> networks) => [.. networks.Select(IPNetwork.Parse)];

    /// <exception cref="DicomException">A file cannot be read, or is not what it should be; the message says which.</exception>
    private static DicomTlsOptions TlsOf(DicomListenerTlsOptions tls)
    {
        var file = tls.CertificateFile!;
        var secured = IsPfx(file) ? DicomTlsOptions.FromPfx(file, tls.Password) : DicomTlsOptions.FromPem(file, tls.KeyFile, tls.Password);
        return tls.ClientAuthoritiesFile is not { Length: > 0 } authorities
            ? secured
            : secured with
            {
                TrustedAuthorities = DicomTlsOptions.AuthoritiesFromPem(authorities),
                ClientCertificateMode = DicomTlsClientCertificateMode.Required,
            };
    }

    private static bool IsPfx(string file)
    {
        try
        {
            return X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12;
        }
        catch (CryptographicException)
        {
            return false; // Nor PEM: reading it says what is wrong.
        }
    }
}
