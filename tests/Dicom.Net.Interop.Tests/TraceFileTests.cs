using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The samples' --trace-file, as Wireshark's DICOM dissector reads it.</summary>
public sealed class TraceFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Trace => _folder.PathOf("trace.pcapng");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task QueryRetrieveScp_EchoStoreAndFindOfDcmtk_AreReadPduByPdu()
    {
        var archive = new ArchiveFolder(_folder);
        var file = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3");
        await using var scp = await archive.StartAsync("--trace-file", Trace);

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", "127.0.0.1", scp.Port);
        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "127.0.0.1", scp.Port, file);
        await using var findscu = await Dcmtk.RunAsync(
            0, "findscu", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientName", "127.0.0.1", scp.Port);
        await scp.StopAsync();

        var pdus = string.Join('\n', await Tshark.PdusAsync(Trace, scp.Port));
        foreach (var expected in (string[])
            ["A-ASSOCIATE request", "A-ASSOCIATE accept", "C-ECHO-RQ ID=1", "C-ECHO-RSP ID=1 (Success)", "C-STORE-RQ ID=1", "C-STORE-RSP ID=1 (Success)",
                "C-FIND-RQ ID=1", "C-FIND-RSP ID=1", "A-RELEASE request", "A-RELEASE response"])
        {
            Assert.Contains(expected, pdus, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await Tshark.FieldAsync(Trace, scp.Port, "dicom.pdu.type == 1", "tcp.stream")).Distinct().Count());
        Assert.Empty(await Tshark.FaultsAsync(Trace, scp.Port));
    }

    [Fact]
    public async Task EchoScp_RejectAndAbort_AreRead()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS", "--trace-file", Trace);
        await using var wrong = await Dcmtk.RunAsync(1, "echoscu", "-aec", "THEIRS", "127.0.0.1", scp.Port);
        await using var aborting = await Dcmtk.RunAsync(0, "echoscu", "-aec", "OURS", "--abort", "127.0.0.1", scp.Port);
        await scp.StopAsync();

        var pdus = await Tshark.PdusAsync(Trace, scp.Port);

        Assert.Contains(pdus, pdu => pdu.StartsWith("A-ASSOCIATE reject", StringComparison.Ordinal));
        Assert.Contains(pdus, pdu => pdu.StartsWith("ABORT", StringComparison.Ordinal));
        Assert.Empty(await Tshark.FaultsAsync(Trace, scp.Port));
    }

    [Fact]
    public async Task EchoScu_OverIPv6_IsReadAsSuch()
    {
        await using var scp = await Sample.StartIPv6ScpAsync("EchoScp");
        await using var scu = Sample.Start("EchoScu", "::1", scp.Port, "--ip", "6", "--trace-file", Trace);
        await scu.ExitAsync(0);

        Assert.Equal(SessionOfAnEcho, await Tshark.FieldAsync(Trace, scp.Port, "ipv6.src == ::1 && dicom", "dicom.pdu.type"));
        Assert.Empty(await Tshark.FaultsAsync(Trace, scp.Port));
    }

    [Fact]
    public async Task EchoScu_OverTls_IsReadAsWhatWasInIt()
    {
        using var files = new TlsFiles().With("server");
        var keys = _folder.PathOf("keys.log");
        await using var scp = await Sample.StartScpAsync(
            "EchoScp", "--tls", "--cert", files.CertificateOf("server"), "--key", files.KeyOf("server"));
        await using var scu = Sample.Start(
            "EchoScu", "127.0.0.1", scp.Port, "--tls", "--ca", files.Authority, "--trace-file", Trace, "--tls-keylog", keys);
        await scu.ExitAsync(0);

        Assert.Equal(SessionOfAnEcho, await Tshark.FieldAsync(Trace, scp.Port, "dicom", "dicom.pdu.type"));
        Assert.Empty(await Tshark.FaultsAsync(Trace, scp.Port));
        Assert.Contains("CLIENT_TRAFFIC_SECRET_0 ", await File.ReadAllTextAsync(keys, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreScp_UserIdentityOfStorescu_IsNotInTheFile()
    {
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("out"), "--trace-file", Trace);
        await using var storescu = await Dcmtk.RunAsync(
            0, "storescu", "-usr", "some-body", "-pwd", "s3cret", "127.0.0.1", scp.Port, Part10.Make(_folder.PathOf("in.dcm"), "1.2.3"));
        await scp.StopAsync();

        Assert.Contains("*********", await Latin1Async(Trace), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", await Latin1Async(Trace), StringComparison.Ordinal);
        Assert.DoesNotContain("some-body", await Latin1Async(Trace), StringComparison.Ordinal);
        Assert.Empty(await Tshark.FaultsAsync(Trace, scp.Port));
    }

    private static string[] SessionOfAnEcho => ["0x01", "0x02", "0x04", "0x04", "0x05", "0x06"];

    private static Task<string> Latin1Async(string file) => File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
}
