using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net;

/// <summary>What the two sides of a secure link have agreed on.</summary>
/// <param name="Protocol">The version of TLS.</param>
/// <param name="CipherSuite">The cipher suite, by its number; one that has no name here has its number all the same.</param>
/// <param name="ApplicationProtocol">"dicom" where both sides have said so (ALPN); else empty.</param>
/// <param name="PeerCertificate">
/// The peer's certificate; null where it has shown none. Who the peer is should be taken from here: an AE title is what it says of itself.
/// </param>
public sealed record DicomTlsLink(
    SslProtocols Protocol,
    DicomTlsCipherSuiteType CipherSuite,
    string ApplicationProtocol,
    X509Certificate2? PeerCertificate);
