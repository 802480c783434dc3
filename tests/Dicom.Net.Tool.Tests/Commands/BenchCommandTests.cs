using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

public sealed class BenchCommandTests
{
    [Theory]
    [InlineData("C-ECHO")]
    [InlineData("C-STORE", "--size", "1K")]
    [InlineData("C-ECHO", "--rate", "10000")]
    public async Task Bench_Count_IsMeasuredInAll(string service, params string[] options)
    {
        var stored = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var peer = ToolPeer.With(handlers => handlers.OnCStore((request, _) =>
        {
            stored.Add(request.SopInstance);
            return new(DicomOutcome.Success);
        }));

        var run = await ToolRun.RunAsync(
            peer.Call("bench", ["--count", "40", "--associations", "2", "--seconds", "86400", "--json", .. options]));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(40, run.Result.GetProperty("operations").GetInt32());
        Assert.Contains(service, run.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
        var times = run.Result.GetProperty("milliseconds").EnumerateObject().Select(time => time.Value.GetDouble()).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.True(time >= 0));
        Assert.Equal(stored.Count, stored.Distinct().Count());
    }

    [Fact]
    public async Task Bench_PeerThatRefuses_EndsWith1()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCStore((_, _) => new(DicomCommandStatusType.OutOfResources)));

        var run = await ToolRun.RunAsync(peer.Call("bench", "--count", "4", "--seconds", "86400", "--size", "1K", "--json"));

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Equal(4, run.Result.GetProperty("failed").GetInt32());
    }

    [Theory]
    [InlineData("--rate", "0.001")] // Waiting for what is due in a quarter of an hour.
    [InlineData("--associations", "1")] // Waiting for an answer.
    public async Task Bench_Interrupted_EndsWith130AndWhatWasMeasured(params string[] options)
    {
        const int answered = 2; // One to warm up, and one to be measured.
        using var peer = ToolPeer.With(_ => { });
        var asked = 0;
        peer.CEchoRequestReceived += (_, e) => e.Handled = Interlocked.Increment(ref asked) > answered;
        await using var run = ToolRun.Start(peer.Call("bench", ["--seconds", "86400", "--json", .. options]));
        await Eventually.True(() => Volatile.Read(ref asked) >= answered);

        await run.StopAsync();

        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Equal("interrupted", run.Result.GetProperty("outcome").GetString());
        Assert.InRange(run.Result.GetProperty("operations").GetInt32(), 0, 1);
    }

    [Fact]
    public async Task Bench_BeforeAPerson_IsATable()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAtTerminalAsync(100, peer.Call("bench", "--count", "10", "--seconds", "86400"));

        Assert.Contains("median", run.Out, StringComparison.Ordinal);
        Assert.Contains("10 C-ECHO in", run.Out, StringComparison.Ordinal);
    }
}
