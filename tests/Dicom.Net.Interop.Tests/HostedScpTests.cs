using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>HostedScp with DCMTK's clients, and what it says where its configuration is wrong.</summary>
public sealed class HostedScpTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Configured_OverTls_EchoesStoresAndStopsWithItsHost()
    {
        using var files = new TlsFiles().With("ours").With("theirs");
        var file = Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3");
        await using var scp = Start(
            $"--Dicom:Tls:CertificateFile={files.CertificateOf("ours")}", $"--Dicom:Tls:KeyFile={files.KeyOf("ours")}",
            $"--Dicom:Tls:ClientAuthoritiesFile={files.Authority}");
        var port = await PortOfAsync(scp);

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", [.. files.DcmtkOptions("theirs"), "127.0.0.1", port]);
        await using var storescu = await Dcmtk.RunAsync(0, "storescu", [.. files.DcmtkOptions("theirs"), "127.0.0.1", port, file]);
        await using var nobody = await Dcmtk.RunAsync(1, "echoscu", "+tla", "+cf", files.Authority, "127.0.0.1", port);

        Part10.AssertSameDataSets([file], Directory.GetFiles(_folder.PathOf("kept")));
        await scp.TerminateAsync();
        await scp.ExitAsync(0);
    }

    [Theory]
    [InlineData("--Dicom:Port=70000", "Port 70000 does not exist")]
    [InlineData("--Dicom:Port=many", "Dicom:Port")]
    [InlineData("--Dicom:AETitel=ARCHIVE", "AETitel")]
    [InlineData("--Dicom:Tls:CertificateFile=/no/such/server.pem", "is not there")]
    [InlineData("--Dicom:Host=192.0.2.77", "192.0.2.77")]
    [InlineData("--Store:Folder=/dev/null", "/dev/null")]
    public async Task Configured_Wrongly_SaysWhatIsWrongInALine(string argument, string expected)
    {
        await using var scp = Start(argument);

        await scp.ExitAsync(1);

        Assert.Contains(expected, Assert.Single(scp.Lines), StringComparison.Ordinal);
    }

    private RunningProcess Start(params string[] arguments) => Sample.Start(
        "HostedScp",
        ["--Dicom:Host=127.0.0.1", "--Dicom:IpType=IPv4", "--Dicom:Port=0", $"--Store:Folder={_folder.Sub("kept")}", .. arguments]);

    private static async Task<string> PortOfAsync(RunningProcess scp)
    {
        var line = await scp.LineAsync(line => line.Contains("listens on 127.0.0.1:", StringComparison.Ordinal));
        return int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
