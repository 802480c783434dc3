using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Transport;

/// <summary>How connections are secured, prepared once for any number of them.</summary>
internal sealed class TlsSettings
{
    // So that an issuer that does not answer holds up no handshake for its whole time. Arbitrary.
    private static readonly TimeSpan RevocationPatience = TimeSpan.FromSeconds(5);

    private readonly X509ChainPolicy _chainPolicy;

    public TlsSettings(X509Certificate2Collection? trusted, X509RevocationMode revocation)
    {
        _chainPolicy = new()
        {
            RevocationMode = revocation,
            UrlRetrievalTimeout = RevocationPatience,

            // A peer's certificate may name any address to get its issuer's from: what it wants to be trusted for, it has to show.
            DisableCertificateDownloads = true,
        };
        if (trusted is not null)
        {
            _chainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            _chainPolicy.CustomTrustStore.AddRange(trusted);
        }
    }

    public required SslProtocols Protocols { get; init; }

    /// <summary>Null where the platform's own policy decides.</summary>
    public CipherSuitesPolicy? CipherSuites { get; init; }

    /// <summary>The suites that are allowed: looked at after the handshake, for a platform whose own policy decides. Empty: any.</summary>
    public IReadOnlyList<TlsCipherSuite> AllowedSuites { get; init; } = [];

    /// <summary>This side's certificate and those up to its root.</summary>
    public SslStreamCertificateContext? Certificate { get; init; }

    /// <summary>For a server.</summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>For a server.</summary>
    public bool RequiresCertificate { get; init; }

    /// <summary>The protocol that is spoken over the connections (ALPN, RFC 7301).</summary>
    public required SslApplicationProtocol ApplicationProtocol { get; init; }

    /// <summary>For a client: whom to expect and to ask for, if not whom it connected to.</summary>
    public string? TargetHost { get; init; }

    /// <summary>For a client.</summary>
    public bool ChecksHostName { get; init; }

    public required TimeSpan HandshakeTimeout { get; init; }

    /// <summary>Without renegotiation, without resumption: what was verified is verified for this connection, under these settings.</summary>
    public SslServerAuthenticationOptions ForServer(RemoteCertificateValidationCallback check) => new()
    {
        ServerCertificateContext = Certificate,
        ClientCertificateRequired = AsksForCertificate,
        EnabledSslProtocols = Protocols,
        CipherSuitesPolicy = CipherSuites,
        ApplicationProtocols = [ApplicationProtocol],
        CertificateChainPolicy = _chainPolicy,
        RemoteCertificateValidationCallback = check,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    /// <summary>As <see cref="ForServer"/>.</summary>
    public SslClientAuthenticationOptions ForClient(string host, RemoteCertificateValidationCallback check) => new()
    {
        TargetHost = host,
        ClientCertificateContext = Certificate,
        EnabledSslProtocols = Protocols,
        CipherSuitesPolicy = CipherSuites,
        ApplicationProtocols = [ApplicationProtocol],
        CertificateChainPolicy = _chainPolicy,
        RemoteCertificateValidationCallback = check,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };
}
