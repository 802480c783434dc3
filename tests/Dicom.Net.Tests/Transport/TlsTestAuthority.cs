using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Tests.Transport;

/// <summary>An authority that vouches for whatever a test wants, made at run time.</summary>
internal sealed class TlsTestAuthority
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1), Until = DateTimeOffset.UtcNow.AddDays(30);

    private readonly X509Certificate2 _own;

    private TlsTestAuthority(X509Certificate2 own) => _own = own;

    /// <summary>The authority that the tests trust. One for all: keys take time.</summary>
    public static TlsTestAuthority Trusted { get; } = Create("Trusted Test Authority");

    /// <summary>One that they do not.</summary>
    public static TlsTestAuthority Stranger { get; } = Create("Stranger");

    /// <summary>A server's certificate for this machine.</summary>
    public static X509Certificate2 Server { get; } = Trusted.Issue("server", names => AddLoopback(names));

    /// <summary>A client's certificate.</summary>
    public static X509Certificate2 Client { get; } = Trusted.Issue("client");

    /// <summary>Its own certificate, without the key.</summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificate(_own.RawData);

    /// <summary>To be trusted by whoever trusts it.</summary>
    public X509Certificate2Collection AsTrusted => [Certificate];

    public static TlsTestAuthority Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddExtensionsOfAuthority(request);
        return new(Usable(request.CreateSelfSigned(From, Until)));
    }

    /// <summary>An authority below this one.</summary>
    public TlsTestAuthority Delegate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddExtensionsOfAuthority(request);
        using var issued = request.Create(_own, From, Until, Serial());
        return new(Usable(issued.CopyWithPrivateKey(key)));
    }

    public X509Certificate2 Issue(
        string name, Action<SubjectAlternativeNameBuilder>? addNames = null, DateTimeOffset? from = null, DateTimeOffset? until = null,
        string? purpose = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddExtensions(request, addNames, purpose);
        using var issued = request.Create(_own, from ?? From, until ?? Until, Serial());
        return Usable(issued.CopyWithPrivateKey(key));
    }

    public X509Certificate2 IssueRsa(string name, Action<SubjectAlternativeNameBuilder>? addNames = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        AddExtensions(request, addNames, null);
        var generator = X509SignatureGenerator.CreateForECDsa(_own.GetECDsaPrivateKey()!);
        using var issued = request.Create(_own.SubjectName, generator, From, Until, Serial());
        return Usable(issued.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate that nobody vouches for but itself.</summary>
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        AddExtensions(request, AddLoopback, null);
        return Usable(request.CreateSelfSigned(From, Until));
    }

    public static void AddLoopback(SubjectAlternativeNameBuilder names)
    {
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(8);

    private static void AddExtensionsOfAuthority(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
    }

    private static void AddExtensions(CertificateRequest request, Action<SubjectAlternativeNameBuilder>? addNames, string? purpose)
    {
        if (addNames is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            addNames(names);
            request.CertificateExtensions.Add(names.Build());
        }

        if (purpose is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(purpose)], critical: false));
        }
    }

    // As one from a file would be: Windows does TLS with no other.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
        }
    }
}
