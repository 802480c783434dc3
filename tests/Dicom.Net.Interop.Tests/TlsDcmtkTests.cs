using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Secure links with DCMTK, both ways: who is let in, who is not, and in how clear words.</summary>
public sealed class TlsDcmtkTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TlsFiles _files = new TlsFiles().With("ours").With("theirs");
    private readonly TlsFiles _strangers = new TlsFiles("stranger").With("strange");

    public void Dispose()
    {
        _strangers.Dispose();
        _files.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(DicomTlsClientCertificateMode.None, false)]
    [InlineData(DicomTlsClientCertificateMode.Optional, false)]
    [InlineData(DicomTlsClientCertificateMode.Optional, true)]
    [InlineData(DicomTlsClientCertificateMode.Required, true)]
    public async Task Scp_Echoscu_IsAnswered(DicomTlsClientCertificateMode mode, bool showsCertificate)
    {
        using var scp = new TlsScp(_files.Options("ours") with { ClientCertificateMode = mode }, _folder.Path);
        string[] options = showsCertificate ? _files.DcmtkOptions("theirs") : ["+tla", "+cf", _files.Authority];

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", ["-v", .. options, "127.0.0.1", scp.Port]);

        Assert.Contains("Received Echo Response (Success)", echoscu.Output, StringComparison.Ordinal);
        Assert.Equal(showsCertificate && mode != DicomTlsClientCertificateMode.None ? "CN=theirs" : null, (await scp.ToldAsync()).Link!.PeerCertificate?.Subject);
        await scp.ForgottenAsync();
    }

    [Theory]
    [InlineData("+px", DicomTlsProfile.Bcp195Rfc8996)]
    [InlineData("+py", DicomTlsProfile.Bcp195Rfc8996)]
    [InlineData("+pz", DicomTlsProfile.Bcp195Rfc8996)]
    [InlineData("+pz", DicomTlsProfile.ExtendedBcp195)]
    [InlineData("+py", DicomTlsProfile.ModifiedBcp195Rfc8996)]
    [InlineData("+py", DicomTlsProfile.NonDowngradingBcp195)]
    [InlineData("+pa", DicomTlsProfile.Aes)]
    public async Task Scp_EchoscuWithAProfile_IsAnswered(string theirs, DicomTlsProfile ours)
    {
        using var scp = new TlsScp(_files.Options("ours") with { Profile = ours }, _folder.Path);

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", ["-v", .. _files.DcmtkOptions("theirs"), theirs, "127.0.0.1", scp.Port]);

        Assert.Contains("Received Echo Response (Success)", echoscu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scp_EchoscuWithARetiredProfile_IsRefusedUnlessAskedFor()
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var echoscu = await Dcmtk.RunAsync(1, "echoscu", [.. _files.DcmtkOptions("theirs"), "+pa", "127.0.0.1", scp.Port]);

        Assert.Equal(DicomExceptionCode.TlsHandshake, (await scp.ToldAsync()).Error);
        await scp.ForgottenAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scp_EchoscuThatIsNotTrusted_IsRefused(bool showsCertificate)
    {
        using var scp = new TlsScp(_files.Options("ours") with { ClientCertificateMode = DicomTlsClientCertificateMode.Required }, _folder.Path);
        string[] options = showsCertificate ? _strangers.DcmtkOptions("strange", trusted: _files) : ["+tla", "+cf", _files.Authority];

        await using var echoscu = await Dcmtk.RunAsync(1, "echoscu", [.. options, "127.0.0.1", scp.Port]);

        var told = await scp.ToldAsync();
        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, told.Error);
        Assert.Contains(showsCertificate ? "CN=stranger" : "shows no certificate", told.Words, StringComparison.Ordinal);
        await scp.ForgottenAsync();
    }

    [Fact]
    public async Task Scp_EchoscuThatDoesNotTrustUs_IsToldInWords()
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var echoscu = await Dcmtk.RunAsync(1, "echoscu", [.. _files.DcmtkOptions("theirs", trusted: _strangers), "127.0.0.1", scp.Port]);

        var told = await scp.ToldAsync();
        Assert.Equal(DicomExceptionCode.TlsHandshake, told.Error);
        Assert.Contains("does not trust the authority", told.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scp_Storescu_KeepsWhatWasSent()
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Sub("kept"));
        var sent = Part10.MakeMany(_folder.Sub("sent"), 10, 700_000);

        await using var storescu = await Dcmtk.RunAsync(
            0, "storescu", ["-xe", .. _files.DcmtkOptions("theirs"), "127.0.0.1", scp.Port, .. sent]);

        Assert.Equal(sent.Length, Directory.GetFiles(_folder.PathOf("kept")).Length);
        Assert.All(Directory.GetFiles(_folder.PathOf("kept")), file => Assert.True(new FileInfo(file).Length > 700_000));
        await scp.ForgottenAsync();
    }

    [Fact]
    public async Task Scp_EchoscuWithoutTls_Point64_FailsAtOnce()
    {
        using var scp = new TlsScp(_files.Options("ours"), _folder.Path);

        await using var echoscu = await Dcmtk.RunAsync(1, "echoscu", "127.0.0.1", scp.Port);

        Assert.Contains("without TLS on the port for TLS", (await scp.ToldAsync()).Words, StringComparison.Ordinal);
        await scp.ForgottenAsync();
    }

    [Fact]
    public async Task PlainScp_EchoscuWithTls_Point64_FailsAtOnce()
    {
        using var scp = new TlsScp(null, _folder.Path);

        await using var echoscu = await Dcmtk.RunAsync(1, "echoscu", [.. _files.DcmtkOptions("theirs"), "127.0.0.1", scp.Port]);

        await scp.ForgottenAsync();
    }

    [Fact]
    public async Task Scu_Storescp_EchoesWithCertificatesOnBothSides()
    {
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Path, _files.DcmtkOptions("theirs"));
        using var scu = new TlsScu(_files.Options("ours"));

        Assert.Equal(DicomExceptionCode.Success, await scu.ConnectAsync(storescp.Port));

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Equal("CN=theirs", scu.Net.SecureLink!.PeerCertificate!.Subject);
        Assert.Equal(DicomExceptionCode.Success, await scu.ReleaseAsync());
    }

    [Fact]
    public async Task Scu_StorescpWantsACertificate_LosesTheConnectionWithoutOne()
    {
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Path, _files.DcmtkOptions("theirs"));
        using var scu = new TlsScu(_files.Options(null));

        var outcome = await scu.ConnectAsync(storescp.Port);

        // In TLS 1.3 we are done before it has looked.
        Assert.NotEqual(DicomExceptionCode.Success, outcome == DicomExceptionCode.Success ? await scu.ClosedAsync() : outcome);
        Assert.NotEmpty(scu.Net.GetLastTlsError());
    }

    [Theory]
    [InlineData("expired", "has expired on")]
    [InlineData("elsewhere", "is not for the host '127.0.0.1'")]
    public async Task Scu_StorescpsCertificateIsWrong_IsRefusedWithTheReason(string name, string words)
    {
        _files.With("expired", expired: true).With("elsewhere", host: "pacs.example");
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Path, _files.DcmtkOptions(name));
        using var scu = new TlsScu(_files.Options("ours"));

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await scu.ConnectAsync(storescp.Port));

        Assert.Contains(words, scu.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scu_StorescpWithoutTls_Point64_SaysSo()
    {
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Path);
        using var scu = new TlsScu(_files.Options("ours"));

        Assert.Equal(DicomExceptionCode.TlsHandshake, await scu.ConnectAsync(storescp.Port));

        Assert.NotEmpty(scu.Net.GetLastTlsError());
    }
}
