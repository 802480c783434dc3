using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The samples over TLS: what their options say is what happens.</summary>
public sealed class SampleTlsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TlsFiles _files = new TlsFiles().With("server").With("client").With("elsewhere", host: "elsewhere.example");

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task EchoScu_ServerOfATrustedAuthority_IsAnswered()
    {
        await using var scp = await StartEchoScpAsync("server");
        await using var scu = Echo(scp, "--ca", _files.Authority);

        await scu.ExitAsync(0);

        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScu_ServerOfAnAuthorityThatIsNotTrusted_GivesUp()
    {
        using var others = new TlsFiles("another authority");
        await using var scp = await StartEchoScpAsync("server");
        await using var scu = Echo(scp, "--ca", others.Authority);

        await scu.ExitAsync(1);

        Assert.DoesNotContain("success", scu.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0, "--tls-host", "elsewhere.example")]
    [InlineData(0, "--tls-host", "*")]
    public async Task EchoScu_ServerOfAnotherName_IsBelievedIfAskedFor(int exitCode, params string[] options)
    {
        await using var scp = await StartEchoScpAsync("elsewhere");
        await using var scu = Echo(scp, ["--ca", _files.Authority, .. options]);

        await scu.ExitAsync(exitCode);
    }

    [Fact]
    public async Task EchoScp_RequiringCertificates_TurnsAwayWhoShowsNone()
    {
        await using var scp = await StartEchoScpAsync("server", "--ca", _files.Authority, "--require-client-cert");
        await using var known = Echo(
            scp, "--ca", _files.Authority, "--cert", _files.CertificateOf("client"), "--key", _files.KeyOf("client"));
        await using var unknown = Echo(scp, "--ca", _files.Authority);

        await known.ExitAsync(0);
        await unknown.ExitAsync(1);
    }

    [Fact]
    public async Task EchoScp_CertificateInAPfxWithAPassword_IsUsed()
    {
        var password = _folder.PathOf("password");
        await File.WriteAllTextAsync(password, "secret\n", TestContext.Current.CancellationToken);
        using (var certificate = X509Certificate2.CreateFromPemFile(_files.CertificateOf("server"), _files.KeyOf("server")))
        {
            await File.WriteAllBytesAsync(
                _folder.PathOf("server.pfx"), certificate.Export(X509ContentType.Pfx, "secret"), TestContext.Current.CancellationToken);
        }

        await using var scp = await Sample.StartScpAsync(
            "EchoScp", "--tls", "--cert", _folder.PathOf("server.pfx"), "--password-file", password);
        await using var scu = Echo(scp, "--ca", _files.Authority);

        await scu.ExitAsync(0);
    }

    [Fact]
    public async Task EchoScp_Echoscu_IsAnswered()
    {
        await using var scp = await StartEchoScpAsync("server", "--ca", _files.Authority, "--require-client-cert");

        await using var echoscu = await Dcmtk.RunAsync(
            0, "echoscu", ["-v", .. _files.DcmtkOptions("client"), "127.0.0.1", scp.Port]);

        Assert.Contains("Received Echo Response (Success)", echoscu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryRetrieveScp_OverTls_CallsDestinationsOverTlsToo()
    {
        var archive = new ArchiveFolder(_folder);
        var files = archive.MakeSeries(1, 1, 3);
        var port = ForeignPort.FreeText();
        string[] secured = ["--tls", "--cert", _files.CertificateOf("server"), "--key", _files.KeyOf("server"), "--ca", _files.Authority];
        await using var scp = await archive.StartAsync(["--destination", $"DICOMNET=127.0.0.1:{port}", .. secured]);
        string[] query = ["127.0.0.1", scp.Port, "-k", "StudyInstanceUID=1.2.3.1", .. secured];
        await using var find = Sample.Start("FindScu", query);
        await using var move = Sample.Start("MoveScu", [.. query, "--ip", "4", "--receive", port, "--out", _folder.PathOf("moved")]);
        await using var get = Sample.Start("GetScu", [.. query, "--out", _folder.PathOf("got")]);

        await find.ExitAsync(0);
        await move.ExitAsync(0);
        await get.ExitAsync(0);

        Assert.Contains("1 matches: 0000H, success", find.Lines);
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("moved")));
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("got")));
    }

    [Theory]
    [InlineData("EchoScu", "127.0.0.1", "1", "--tls", "--ca", "nothing.pem")]
    [InlineData("StoreScp", "--tls", "--cert", "nothing.pem")]
    [InlineData("StoreScp", "--tls", "--cert", "some.pfx", "--password-file", "nothing.txt")]
    [InlineData("WorklistScp", "--worklist", "nothing.here")]
    public async Task Sample_FileIsNotThere_SaysWhich(string sample, params string[] arguments)
    {
        await using var process = Sample.Start(sample, arguments);

        await process.ExitAsync(1);

        Assert.Contains("nothing.", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    private Task<SampleScp> StartEchoScpAsync(string certificate, params string[] options) => Sample.StartScpAsync(
        "EchoScp", ["--tls", "--cert", _files.CertificateOf(certificate), "--key", _files.KeyOf(certificate), .. options]);

    private static RunningProcess Echo(SampleScp scp, params string[] options) =>
        Sample.Start("EchoScu", ["127.0.0.1", scp.Port, "--tls", .. options]);
}
