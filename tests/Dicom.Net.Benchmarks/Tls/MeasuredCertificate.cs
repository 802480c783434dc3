using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Benchmarks.Tls;

/// <summary>The certificate of every server that is measured with TLS, and what is agreed on with it: the same for all.</summary>
internal static class MeasuredCertificate
{
    public const SslProtocols Protocol = SslProtocols.Tls13;

    /// <summary>Signed by itself, for 127.0.0.1.</summary>
    public static X509Certificate2 Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=measured", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), null);
    }

    /// <summary>For either side: it trusts the certificate, and a server shows it.</summary>
    public static DicomTlsOptions OptionsOf(X509Certificate2 certificate) => new()
    {
        Certificate = certificate,
        TrustedAuthorities = [certificate],
        Protocols = Protocol,
    };
}
