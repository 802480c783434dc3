using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Transport;

/// <summary>What the two sides of a secure link have agreed on.</summary>
internal sealed record TlsLinkFacts(
    SslProtocols Protocol,
    TlsCipherSuite CipherSuite,
    string ApplicationProtocol,
    X509Certificate2? OwnCertificate,
    X509Certificate2? PeerCertificate)
{
    public static TlsLinkFacts Of(SslStream ssl) => new(
        ssl.SslProtocol,
        ssl.NegotiatedCipherSuite,
        ssl.NegotiatedApplicationProtocol.ToString(),
        ssl.LocalCertificate as X509Certificate2,
        ssl.RemoteCertificate as X509Certificate2);
}
