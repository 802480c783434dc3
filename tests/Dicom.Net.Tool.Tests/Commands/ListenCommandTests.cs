using System.Globalization;
using System.Net;
using Dicom.Net.Tests;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

public sealed class ListenCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Listen_InstancesAndEchoes_AreKeptAndTold()
    {
        await using var run = Start("--json");
        var port = await PortAsync(run);

        var store = await ToolRun.RunAsync(["store", "127.0.0.1", port, File("1.2.1"), File("1.2.2")]);
        var echo = await ToolRun.RunAsync("echo", "127.0.0.1", port);
        await run.StopAsync();

        Assert.Equal((ExitCode.Ok, ExitCode.Ok, ExitCode.Ok), (store.Code, echo.Code, run.Code));
        Assert.Equal(["1.2.1.dcm", "1.2.2.dcm"], Kept());
        Assert.Equal(["1.2.1", "1.2.2"], run.JsonOf("instance").Select(told => told.GetProperty("instance").GetString()));
        Assert.Equal(2, run.JsonOf("ended").Count());
        Assert.Equal(2, run.Result.GetProperty("instances").GetInt32());
        Assert.Equal(2, run.Result.GetProperty("associations").GetInt32());
    }

    [Fact]
    public async Task Listen_IntoAPipe_IsPlainLines()
    {
        await using var run = Start();
        var line = "";
        await Net.Tests.Support.Eventually.True(() => (line = run.Lines.FirstOrDefault() ?? "").Length > 0);

        await ToolRun.RunAsync("echo", "127.0.0.1", IPEndPoint.Parse(line.Split(' ')[2].TrimEnd(';')).Port.ToString(CultureInfo.InvariantCulture));
        await run.StopAsync();

        Assert.Contains("DICOMNET calls ANY-SCP", run.Out, StringComparison.Ordinal);
        Assert.Contains("ended in order: 0 instances, 0 refused, 1 echo", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task Listen_Discarding_KeepsNothing()
    {
        await using var run = Start("--json", "--discard");
        var port = await PortAsync(run);

        var store = await ToolRun.RunAsync("store", "127.0.0.1", port, File("1.2.1"));
        await run.StopAsync();

        Assert.Equal(ExitCode.Ok, store.Code);
        Assert.Empty(Kept());
        Assert.Equal(1, run.Result.GetProperty("instances").GetInt32());
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 1)]
    public async Task Listen_SopClassThatIsNotForStorage_IsAcceptedWhereAllAre(bool acceptsAll, int code)
    {
        await using var run = acceptsAll ? Start("--json", "--accept-all") : Start("--json");
        var port = await PortAsync(run);

        var find = await ToolRun.RunAsync("find", "127.0.0.1", port);

        Assert.Equal((ExitCode)code, find.Code);
    }

    [Fact]
    public async Task Listen_OneTitleAllowed_RejectsOthers()
    {
        await using var run = Start("--json", "--calling", "FRIEND");
        var port = await PortAsync(run);

        var echo = await ToolRun.RunAsync("echo", "127.0.0.1", port);

        Assert.Equal(ExitCode.Rejected, echo.Code);
    }

    [Fact]
    public async Task Listen_PortThatIsTaken_EndsWith3()
    {
        using var other = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(
            "listen", "--host", "127.0.0.1", "--port", other.HostPort.ToString(CultureInfo.InvariantCulture), "--out", _folder.Path);

        Assert.Equal(ExitCode.NoConnection, run.Code);
        Assert.Contains("already in use", run.Error, StringComparison.Ordinal);
    }

    private ToolRun Start(params string[] options) =>
        ToolRun.Start(["listen", "--host", "127.0.0.1", "--port", "0", "--out", _folder.File("kept"), .. options]);

    private static async Task<string> PortAsync(ToolRun run)
    {
        var told = await run.JsonAsync("listening");
        return IPEndPoint.Parse(told.GetProperty("endPoints")[0].GetString()!).Port.ToString(CultureInfo.InvariantCulture);
    }

    private string File(string uid) => _folder.Make(uid);

    private IEnumerable<string> Kept() => Directory.Exists(_folder.File("kept"))
        ? Directory.EnumerateFiles(_folder.File("kept")).Select(path => Path.GetFileName(path)).Order()
        : [];
}
