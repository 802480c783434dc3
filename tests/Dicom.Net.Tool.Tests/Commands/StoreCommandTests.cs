using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

public sealed class StoreCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Store_FolderOfInstances_SendsAll()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCStore((_, _) => new(DicomOutcome.Success)));
        _folder.Make("1.2.1");
        _folder.Make("1.2.2");

        var run = await ToolRun.RunAsync(peer.Call("store", _folder.Path, "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(2, run.JsonOf("file").Count(file => file.GetProperty("stored").GetBoolean()));
        Assert.Equal(2, run.Result.GetProperty("stored").GetInt32());
        Assert.Equal(0, run.Result.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task Store_OneRefused_EndsWith1AndNamesIt()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCStore((request, _) =>
            new(request.SopInstance == "1.2.2" ? DicomCommandStatusType.OutOfResources : DicomCommandStatusType.Success)));

        var run = await ToolRun.RunAsync(peer.Call("store", _folder.Make("1.2.1"), _folder.Make("1.2.2")));

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Contains("1.2.2.dcm: not stored: A700H", run.Error, StringComparison.Ordinal);
        Assert.Contains("1.2.1.dcm: 0000H, success", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 2 files stored", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_NobodyListens_EndsWithThatReason()
    {
        using var port = new ClosedPort();

        var run = await ToolRun.RunAsync("store", "127.0.0.1", port.Text, _folder.Make("1.2.1"), _folder.Make("1.2.2"));

        Assert.Equal(ExitCode.NoConnection, run.Code);
    }

    [Fact]
    public async Task Store_FileThatIsNotThere_EndsWith9()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(peer.Call("store", _folder.File("missing.dcm"), "--json"));

        Assert.Equal(ExitCode.LocalFailure, run.Code);
        Assert.False(Assert.Single(run.JsonOf("file")).GetProperty("stored").GetBoolean());
    }

    [Fact]
    public async Task Store_EmptyFolder_EndsWith2()
    {
        using var peer = ToolPeer.With(_ => { });

        var run = await ToolRun.RunAsync(peer.Call("store", _folder.Path));

        Assert.Equal(ExitCode.BadUse, run.Code);
    }

    [Fact]
    public async Task Store_BeforeAPerson_TellsTheSumAndNotEach()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCStore((_, _) => new(DicomOutcome.Success)));

        var run = await ToolRun.RunAtTerminalAsync(100, peer.Call("store", _folder.Make("1.2.1")));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.DoesNotContain("1.2.1.dcm", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 1 file stored", run.Out, StringComparison.Ordinal);
    }
}
