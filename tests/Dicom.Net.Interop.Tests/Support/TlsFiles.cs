using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>An authority, and what it has issued, as PEM files: NAME.crt and NAME.key.</summary>
internal sealed class TlsFiles : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-2), Until = DateTimeOffset.UtcNow.AddDays(2);

    private readonly TestFolder _folder = new();
    private readonly X509Certificate2 _authority;

    /// <summary>Makes the authority.</summary>
    public TlsFiles(string authority = "authority") => _authority = Create(authority, null, Until, isAuthority: true);

    /// <summary>The file of the authority's certificate.</summary>
    public string Authority => CertificateOf("authority");

    public X509Certificate2Collection Trusted => DicomTlsOptions.AuthoritiesFromPem(Authority);

    public string CertificateOf(string name) => _folder.PathOf($"{name}.crt");

    public string KeyOf(string name) => _folder.PathOf($"{name}.key");

    /// <summary>Makes a certificate for this machine, or for another host.</summary>
    public TlsFiles With(string name, string host = "localhost", bool expired = false)
    {
        Create(name, host, expired ? DateTimeOffset.UtcNow.AddDays(-1) : Until, isAuthority: false).Dispose();
        return this;
    }

    /// <summary>What DCMTK's tools want to be told: their own certificate, and whom to trust.</summary>
    public string[] DcmtkOptions(string name, TlsFiles? trusted = null) => ["+tls", KeyOf(name), CertificateOf(name), "+cf", (trusted ?? this).Authority];

    /// <summary>The same for ours.</summary>
    public DicomTlsOptions Options(string? name) => (name is null ? new() : DicomTlsOptions.FromPem(CertificateOf(name), KeyOf(name))) with
    {
        TrustedAuthorities = Trusted,
    };

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Create(string name, string? host, DateTimeOffset until, bool isAuthority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            if (host == "localhost")
            {
                names.AddIpAddress(IPAddress.Loopback);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        var certificate = isAuthority ? request.CreateSelfSigned(From, until) : Issue(request, key, until);
        File.WriteAllText(CertificateOf(isAuthority ? "authority" : name), certificate.ExportCertificatePem());
        File.WriteAllText(KeyOf(name), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private X509Certificate2 Issue(CertificateRequest request, RSA key, DateTimeOffset until)
    {
        using var issued = request.Create(_authority, From, until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
