using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Transport;

/// <summary>What was found on one certificate of a peer's chain.</summary>
/// <param name="Certificate">The certificate. It is disposed of when the chain has been checked.</param>
/// <param name="Depth">0 for the peer's own, 1 for that of its issuer, and so on.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="Text">The same in words; empty where nothing is.</param>
internal sealed record TlsVerification(X509Certificate2 Certificate, int Depth, TlsVerifyError Error, string Text)
{
    public bool IsOk => Error == TlsVerifyError.None;
}
