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
            Limits = defaults.Limits with
            {
                MaximumAssociations = options.MaximumAssociations ?? defaults.Limits.MaximumAssociations,
                MaximumDataSetLength = options.MaximumDataSetLength ?? defaults.Limits.MaximumDataSetLength,
            },
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

    private static DicomAdmission? AdmissionOf(DicomListenerOptions options) => options.AETitle is null && options.CallingAETitles.Count == 0
        ? null
        : new()
        {
            CalledTitles = options.AETitle is { } title ? [title] : [],
            CallingTitles = [.. options.CallingAETitles],
        };

    private static DicomProxyProtocol ProxyProtocolOf(DicomListenerProxyOptions proxies)
    {
        var protocol = new DicomProxyProtocol
        {
            TrustedNetworks = [.. proxies.TrustedNetworks.Select(IPNetwork.Parse)],
            AcceptsDirect = proxies.AcceptsDirect,
        };
        return proxies.HeaderTimeout is { } limit ? protocol with { HeaderTimeout = limit } : protocol;
    }

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
