using System.Security.Authentication;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Secure links with OpenSSL's own tools: versions, names, ALPN.</summary>
public sealed class TlsOpenSslTests : IDisposable
{
    // Below that, OpenSSL itself allows no retired version: then nothing is tested.
    private const string AllowRetired = "DEFAULT@SECLEVEL=0";

    private readonly TestFolder _folder = new();
    private readonly TlsFiles _files = new TlsFiles().With("ours").With("theirs");

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("-tls1_2", "TLSv1.2", SslProtocols.Tls12)]
    [InlineData("-tls1_3", "TLSv1.3", SslProtocols.Tls13)]
    public async Task Scp_SClient_IsWelcomeInEitherVersion(string option, string version, SslProtocols protocol)
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var client = await OpenSsl.ConnectAsync(
            scp.Port, option, "-alpn", "dicom", "-CAfile", _files.Authority, "-verify_return_error", "-verify_hostname", "localhost");

        Assert.Contains($"Protocol version: {version}", client.Output, StringComparison.Ordinal);
        Assert.Contains("Verification: OK", client.Output, StringComparison.Ordinal);
        var told = await scp.ToldAsync();
        Assert.Equal((DicomExceptionCode.Success, protocol, "dicom"), (told.Error, told.Link!.Protocol, told.Link.ApplicationProtocol));
        await scp.ForgottenAsync();
    }

    [Theory]
    [InlineData("-tls1")]
    [InlineData("-tls1_1")]
    public async Task Scp_SClientWithARetiredVersion_IsRefused(string option)
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var client = await OpenSsl.ConnectAsync(scp.Port, option, "-cipher", AllowRetired);

        Assert.Contains("protocol version", client.Output, StringComparison.OrdinalIgnoreCase);
        var told = await scp.ToldAsync();
        Assert.Equal(DicomExceptionCode.TlsHandshake, told.Error);
        Assert.Contains("no version of TLS in common", told.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scp_SClientMeansAnotherProtocol_Point64_IsRefused()
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var client = await OpenSsl.ConnectAsync(scp.Port, "-alpn", "h2,http/1.1", "-CAfile", _files.Authority);

        Assert.Contains("no application protocol", client.Output, StringComparison.Ordinal);
        Assert.Contains("ALPN", (await scp.ToldAsync()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scp_SClientWithACertificate_IsKnownByIt()
    {
        using var scp = new TlsScp(_files.Options("ours") with { ClientCertificateMode = DicomTlsClientCertificateMode.Required }, _folder.Path);

        await using var client = await OpenSsl.ConnectAsync(
            scp.Port, "-cert", _files.CertificateOf("theirs"), "-key", _files.KeyOf("theirs"), "-CAfile", _files.Authority);

        var told = await scp.ToldAsync();
        Assert.Equal((DicomExceptionCode.Success, "CN=theirs"), (told.Error, told.Link?.PeerCertificate?.Subject));
    }

    [Theory]
    [InlineData("TLS_AES_256_GCM_SHA384", DicomTlsCipherSuiteType.Aes256GcmSha384)]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256", DicomTlsCipherSuiteType.Chacha20Poly1305Sha256)]
    public async Task Scp_SClientWithOneSuite_GetsThat(string suite, DicomTlsCipherSuiteType expected)
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var client = await OpenSsl.ConnectAsync(scp.Port, "-ciphersuites", suite, "-CAfile", _files.Authority);

        Assert.Equal(expected, (await scp.ToldAsync()).Link!.CipherSuite);
    }

    [Theory]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", DicomTlsCipherSuiteType.EcdheRsaWithAes128GcmSha256)]
    [InlineData("ECDHE-RSA-AES256-GCM-SHA384", DicomTlsCipherSuiteType.EcdheRsaWithAes256GcmSha384)]
    [InlineData("DHE-RSA-AES128-GCM-SHA256", null)] // .NET gives OpenSSL no parameters for DHE.
    [InlineData("DHE-RSA-AES256-GCM-SHA384", null)]
    public async Task Scp_SClientWithOneSuiteOfARetiredProfile_GetsItUnlessItIsDhe(string suite, DicomTlsCipherSuiteType? expected)
    {
        using var scp = new TlsScp(_files.Options("ours") with { Profile = DicomTlsProfile.ExtendedBcp195 }, _folder.Path);

        await using var client = await OpenSsl.ConnectAsync(scp.Port, "-tls1_2", "-cipher", suite, "-CAfile", _files.Authority);

        Assert.Equal(expected, (await scp.ToldAsync()).Link?.CipherSuite);
    }

    [Theory]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", DicomTlsCipherSuiteType.EcdheRsaWithAes128GcmSha256)]
    [InlineData("ECDHE-RSA-AES256-GCM-SHA384", DicomTlsCipherSuiteType.EcdheRsaWithAes256GcmSha384)]
    [InlineData("DHE-RSA-AES128-GCM-SHA256", DicomTlsCipherSuiteType.DheRsaWithAes128GcmSha256)]
    [InlineData("DHE-RSA-AES256-GCM-SHA384", DicomTlsCipherSuiteType.DheRsaWithAes256GcmSha384)]
    public async Task Scu_SServerWithOneSuiteOfARetiredProfile_GetsIt(string suite, DicomTlsCipherSuiteType expected)
    {
        var (server, port) = await OpenSsl.ServeAsync(["-tls1_2", "-cipher", suite, "-alpn", "dicom", .. ServerFiles("theirs")]);
        await using var _ = server;
        using var scu = new TlsScu(_files.Options(null) with { Profile = DicomTlsProfile.ExtendedBcp195 });

        Assert.Equal(DicomExceptionCode.Success, await scu.ConnectAsync(port, "localhost"));

        Assert.Equal(expected, scu.Net.SecureLink!.CipherSuite);
    }

    [Theory]
    [InlineData("-tls1_2", SslProtocols.Tls12)]
    [InlineData("-tls1_3", SslProtocols.Tls13)]
    public async Task Scu_SServer_ComesToALinkInEitherVersion(string option, SslProtocols protocol)
    {
        var (server, port) = await OpenSsl.ServeAsync([option, "-alpn", "dicom", .. ServerFiles("theirs")]);
        await using var _ = server;
        using var scu = new TlsScu(_files.Options(null));

        Assert.Equal(DicomExceptionCode.Success, await scu.ConnectAsync(port, "localhost"));

        Assert.Equal((protocol, "dicom"), (scu.Net.SecureLink!.Protocol, scu.Net.SecureLink.ApplicationProtocol));
    }

    [Fact]
    public async Task Scu_SServerWantsACertificate_GetsIt()
    {
        var (server, port) = await OpenSsl.ServeAsync(["-Verify", "1", "-verify_return_error", "-CAfile", _files.Authority, .. ServerFiles("theirs")]);
        await using var _ = server;
        using var scu = new TlsScu(_files.Options("ours"));

        Assert.Equal(DicomExceptionCode.Success, await scu.ConnectAsync(port));

        await server.LineAsync(line => line.Contains("CN = ours", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expired", "has expired on")]
    [InlineData("elsewhere", "is not for the host '127.0.0.1'")]
    [InlineData("strange", "CN=stranger")]
    public async Task Scu_SServersCertificateIsWrong_IsRefusedWithTheReason(string name, string words)
    {
        using var strangers = new TlsFiles("stranger").With("strange");
        _files.With("expired", expired: true).With("elsewhere", host: "pacs.example");
        var (server, port) = await OpenSsl.ServeAsync(ServerFiles(name, name == "strange" ? strangers : _files));
        await using var _ = server;
        using var scu = new TlsScu(_files.Options(null));

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await scu.ConnectAsync(port));

        Assert.Contains(words, scu.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-tls1")]
    [InlineData("-tls1_1")]
    public async Task Scu_SServerWithARetiredVersion_IsRefused(string option)
    {
        var (server, port) = await OpenSsl.ServeAsync([option, "-cipher", AllowRetired, .. ServerFiles("theirs")]);
        await using var _ = server;
        using var scu = new TlsScu(_files.Options(null));

        Assert.Equal(DicomExceptionCode.TlsHandshake, await scu.ConnectAsync(port));

        Assert.NotEmpty(scu.Net.GetLastTlsError());
    }

    private string[] ServerFiles(string name, TlsFiles? files = null) =>
        ["-cert", (files ?? _files).CertificateOf(name), "-key", (files ?? _files).KeyOf(name)];
}
