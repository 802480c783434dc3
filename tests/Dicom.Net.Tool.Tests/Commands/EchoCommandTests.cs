using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>C-ECHO, and all the ways in which a command can end: they are the same for all.</summary>
public sealed class EchoCommandTests
{
    [Fact]
    public async Task Echo_PeerAnswers_IsOkAndTellsEach()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(peer.Call("echo", "--json", "--count", "3", "--interval", "0"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal([1, 2, 3], run.JsonOf("echo").Select(echo => echo.GetProperty("number").GetInt32()));
        Assert.All(run.JsonOf("echo"), echo => Assert.Equal("0000", echo.GetProperty("status").GetString()));
        Assert.Equal("ok", run.Result.GetProperty("outcome").GetString());
        Assert.Equal(3, run.Result.GetProperty("echoes").GetInt32());
        Assert.Equal(0, run.Result.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Echo_IntoAPipe_IsPlainLines()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(peer.Call("echo"));

        Assert.Equal(2, run.Lines.Length);
        Assert.StartsWith("C-ECHO 1: 0000H, success, ", run.Lines[1], StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Echo_PeerSaysNo_EndsWith1()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCEcho((_, _) => new(DicomCommandStatusType.ProcessingFailure)));

        var run = await ToolRun.RunAsync(peer.Call("echo", "--json"));

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Equal("0110", Assert.Single(run.JsonOf("echo")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Echo_NobodyListens_EndsWith3()
    {
        using var port = new ClosedPort();

        var run = await ToolRun.RunAsync("echo", "127.0.0.1", port.Text);

        Assert.Equal(ExitCode.NoConnection, run.Code);
        Assert.Contains("nothing listens there", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Echo_PeerRejects_EndsWith4()
    {
        using var peer = ToolPeer.Rejecting();

        var run = await ToolRun.RunAsync(peer.Call("echo", "--json"));

        Assert.Equal(ExitCode.Rejected, run.Code);
        Assert.Equal("rejected", run.Result.GetProperty("outcome").GetString());
        Assert.Contains("1/1/1", run.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Echo_PeerAborts_EndsWith5()
    {
        using var peer = ToolPeer.With(_ => { });
        peer.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            e.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown);
        };

        var run = await ToolRun.RunAsync(peer.Call("echo"));

        Assert.Equal(ExitCode.Aborted, run.Code);
    }

    [Fact]
    public async Task Echo_PeerSpeaksNoTls_EndsWith7()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(peer.Call("echo", "--tls"));

        Assert.Equal(ExitCode.NoSecureLink, run.Code);
    }

    [Fact]
    public async Task Echo_VerificationNotAccepted_EndsWith8()
    {
        using var peer = ToolPeer.AcceptingNothing();

        var run = await ToolRun.RunAsync(peer.Call("echo"));

        Assert.Equal(ExitCode.NotAccepted, run.Code);
    }

    [Fact]
    public async Task Echo_Interrupted_EndsWith130()
    {
        using var peer = ToolPeer.With(_ => { });
        var asked = new TaskCompletionSource();
        peer.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.TrySetResult();
        };
        await using var run = ToolRun.Start(peer.Call("echo", "--json"));
        await asked.Task.WithTimeout();

        await run.StopAsync();

        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Equal(130, run.Result.GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData("100", 130)]
    [InlineData("0", 0)] // Endless: this is how it ends.
    public async Task Echo_InterruptedInThePause_TellsWhatWasDone(string count, int code)
    {
        using var peer = ToolPeer.With(_ => { });
        await using var run = ToolRun.Start(peer.Call("echo", "--count", count, "--interval", "3600", "--json"));
        await run.JsonAsync("echo");

        await run.StopAsync();

        Assert.Equal((ExitCode)code, run.Code);
        Assert.Equal(1, run.Result.GetProperty("echoes").GetInt32());
        Assert.Equal(0, run.Result.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task Echo_InterruptedBeforeASecondAnswer_TellsTheFirst()
    {
        using var peer = ToolPeer.With(_ => { });
        var asked = 0;
        peer.CEchoRequestReceived += (_, e) => e.Handled = ++asked > 1;
        await using var run = ToolRun.Start(peer.Call("echo", "--count", "3", "--interval", "0", "--json"));
        await Eventually.True(() => Volatile.Read(ref asked) == 2);

        await run.StopAsync();

        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Equal(1, run.Result.GetProperty("echoes").GetInt32());
    }

    [Fact]
    public async Task Echo_CertificateThatCannotBeRead_EndsWith2()
    {
        var run = await ToolRun.RunAsync("echo", "127.0.0.1", "104", "--tls", "--cert", "/no/such/file.pem");

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Contains("/no/such/file.pem", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Echo_WithTrace_TellsEachPduOnTheStandardError()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(peer.Call("echo", "--trace"));

        Assert.Contains("A-ASSOCIATE-RQ DICOMNET -> ANY-SCP", run.Error, StringComparison.Ordinal);
        Assert.Contains("C-ECHO-RSP 1, 0000H", run.Error, StringComparison.Ordinal);
    }
}
