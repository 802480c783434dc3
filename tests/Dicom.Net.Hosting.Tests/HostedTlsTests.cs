using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Dicom.Net.Hosting.Tests;

/// <summary>Listeners whose certificate is named in the configuration.</summary>
public sealed class HostedTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tls_CertificateWithItsIntermediate_IsTrustedByWhoKnowsTheRoot(bool asPfx)
    {
        var between = TlsTestAuthority.Trusted.Delegate("between");
        using var server = between.Issue("hosted", TlsTestAuthority.AddLoopback);
        await using var host = await StartedAsync(asPfx ? Pfx(server, between.Certificate) : Pem(server, between.Certificate));

        await using var association = await OpenAsync(host, certificate: null);

        Assert.Equal("CN=hosted", association.SecureLink!.PeerCertificate!.Subject);
    }

    [Fact]
    public async Task Tls_ClientAuthorities_LetInWhomTheyKnow()
    {
        var authorities = Path.Combine(_folder.Path, "authorities.pem");
        await File.WriteAllTextAsync(authorities, TlsTestAuthority.Trusted.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var host = await StartedAsync([.. Pem(TlsTestAuthority.Server), ("Dicom:Tls:ClientAuthoritiesFile", authorities)]);
        using var stranger = TlsTestAuthority.Stranger.Issue("stranger");

        await using var association = await OpenAsync(host, TlsTestAuthority.Client);

        await Assert.ThrowsAnyAsync<DicomException>(() => OpenAsync(host, stranger));
        await Assert.ThrowsAnyAsync<DicomException>(() => OpenAsync(host, certificate: null));
        Assert.True(association.IsOpen);
    }

    [Fact]
    public async Task Tls_TheFileIsNoCertificate_SaysSoAtTheStart()
    {
        var file = Path.Combine(_folder.Path, "none.pem");
        await File.WriteAllTextAsync(file, "nothing", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<DicomException>(() => StartedAsync(("Dicom:Tls:CertificateFile", file)));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartedAsync(params (string Key, string? Value)[] tls) => TestHost.StartedAsync(
        (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")),
        [("Dicom:Host", "127.0.0.1"), ("Dicom:Port", "0"), ("Dicom:IpType", "IPv4"), .. tls]);

    private static Task<DicomAssociation> OpenAsync(TestHost host, X509Certificate2? certificate) => DicomAssociation.OpenAsync(
        "127.0.0.1",
        host.Port,
        new DicomAssociationRequest("SCU", "SCP").With(DicomUids.Verification),
        new() { Network = new() { Tls = new() { Certificate = certificate, TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted } } },
        TestContext.Current.CancellationToken).WithTimeout();

    private (string Key, string? Value)[] Pem(X509Certificate2 server, params X509Certificate2[] intermediates)
    {
        var (certificate, key) = (Path.Combine(_folder.Path, "server.pem"), Path.Combine(_folder.Path, "server.key"));
        File.WriteAllLines(certificate, intermediates.Prepend(server).Select(each => each.ExportCertificatePem()));
        File.WriteAllText(key, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return [("Dicom:Tls:CertificateFile", certificate), ("Dicom:Tls:KeyFile", key)];
    }

    private (string Key, string? Value)[] Pfx(X509Certificate2 server, X509Certificate2 intermediate)
    {
        var file = Path.Combine(_folder.Path, "server.pfx");
        File.WriteAllBytes(file, new X509Certificate2Collection { server, intermediate }.Export(X509ContentType.Pfx, "secret")!);
        return [("Dicom:Tls:CertificateFile", file), ("Dicom:Tls:Password", "secret")];
    }
}
