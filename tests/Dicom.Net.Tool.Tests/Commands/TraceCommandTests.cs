using System.Globalization;
using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

public sealed class TraceCommandTests : IDisposable
{
    private static readonly int[] EchoPdus = [1, 2, 4, 4, 5, 6];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trace_RecordingOfAnEcho_TellsEachPdu()
    {
        using var peer = ToolPeer.With(_ => { });
        await ToolRun.RunAsync(peer.Call("echo", "--trace-file", _folder.File("x.pcapng")));

        var json = await ToolRun.RunAsync("trace", _folder.File("x.pcapng"), "--json");
        var lines = await ToolRun.RunAsync("trace", _folder.File("x.pcapng"));

        Assert.Equal(ExitCode.Ok, json.Code);
        Assert.Equal(EchoPdus, json.JsonOf("pdu").Select(pdu => pdu.GetProperty("pduType").GetInt32()));
        Assert.Equal([true, false, true, false, true, false], json.JsonOf("pdu").Select(pdu => pdu.GetProperty("isSent").GetBoolean()));
        Assert.Contains("(C-ECHO-RQ 1)", lines.Out, StringComparison.Ordinal);
        Assert.Contains("6 PDUs", lines.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_FileThatIsNoRecording_EndsWith2()
    {
        await File.WriteAllTextAsync(_folder.File("x"), "no recording at all", TestContext.Current.CancellationToken);

        var run = await ToolRun.RunAsync("trace", _folder.File("x"));

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Contains("no pcapng file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_RecordingOfTcpdump_EndsWith2AndSaysWhatToDo()
    {
        // The header of a classic pcap file: version 2.4, Ethernet.
        byte[] header = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
        await File.WriteAllBytesAsync(_folder.File("x"), header, TestContext.Current.CancellationToken);

        var run = await ToolRun.RunAsync("trace", _folder.File("x"));

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Contains("editcap -F pcapng", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_FileThatIsNotThere_EndsWith9()
    {
        var run = await ToolRun.RunAsync("trace", _folder.File("missing.pcapng"));

        Assert.Equal(ExitCode.LocalFailure, run.Code);
    }

    [Fact]
    public async Task Relay_AnEcho_PassesItOnAndRecordsIt()
    {
        using var peer = ToolPeer.With(_ => { });
        await using var relay = ToolRun.Start(
            "trace", "--host", "127.0.0.1", "--listen", "0", "--to", $"127.0.0.1:{peer.HostPort}", "--out", _folder.File("x.pcapng"), "--json");
        var port = (await relay.JsonAsync("listening")).GetProperty("port").GetInt32().ToString(CultureInfo.InvariantCulture);

        var echo = await ToolRun.RunAsync("echo", "127.0.0.1", port);
        await relay.StopAsync();
        var read = await ToolRun.RunAsync("trace", _folder.File("x.pcapng"), "--json");

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (echo.Code, relay.Code));
        Assert.Equal(EchoPdus, relay.JsonOf("pdu").Select(pdu => pdu.GetProperty("pduType").GetInt32()));
        Assert.Equal(EchoPdus, read.JsonOf("pdu").Select(pdu => pdu.GetProperty("pduType").GetInt32()));
    }

    [Fact]
    public async Task Relay_PeerThatIsNotThere_EndsTheConnectionAndGoesOn()
    {
        using var closed = new ClosedPort();
        await using var relay = ToolRun.Start("trace", "--host", "127.0.0.1", "--listen", "0", "--to", $"127.0.0.1:{closed.Text}", "--json");
        var port = (await relay.JsonAsync("listening")).GetProperty("port").GetInt32().ToString(CultureInfo.InvariantCulture);

        var first = await ToolRun.RunAsync("echo", "127.0.0.1", port);
        var second = await ToolRun.RunAsync("echo", "127.0.0.1", port);

        // The connection may end before the caller has seen that it was made.
        ExitCode[] ended = [ExitCode.Aborted, ExitCode.NoConnection];
        Assert.Contains(first.Code, ended);
        Assert.Contains(second.Code, ended);
    }
}
