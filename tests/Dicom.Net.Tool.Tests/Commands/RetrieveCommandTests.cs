using Dicom.Net.Tests;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>get and move: what comes is kept, and what does not is said.</summary>
public sealed class RetrieveCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_TwoInstances_AreInTheFolder()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCGet((request, _) => Send(request, "1.2.1", "1.2.2")));

        var run = await ToolRun.RunAsync(peer.Call("get", "--out", _folder.Path, "-k", "StudyInstanceUID=1.2", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal([_folder.File("1.2.1.dcm"), _folder.File("1.2.2.dcm")], _folder.Files.Order());
        Assert.Equal(2, run.Result.GetProperty("kept").GetInt32());
        Assert.Equal(2, run.JsonOf("instance").Count());
    }

    [Fact]
    public async Task Get_InstanceOfANameThatIsAPath_IsRefusedAndSaid()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCGet((request, _) => Send(request, "../../evil", "1.2.2")));

        var run = await ToolRun.RunAsync(peer.Call("get", "--out", _folder.Path));

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Equal([_folder.File("1.2.2.dcm")], _folder.Files);
        Assert.Contains("../../evil: refused, this is no UID", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../evil", false)] // Refused when it is to be kept.
    [InlineData("1.2.1", true)] // Refused when it begins to come: there is nowhere to put it.
    public async Task Get_RefusalThatThePeerTakesForSuccess_EndsWith1(string uid, bool isWithoutFolder)
    {
        var folder = Directory.CreateDirectory(_folder.File("kept")).FullName;
        using var peer = ToolPeer.With(_ => { });
        DicomCGetRequestEventArgs? get = null;
        peer.CGetRequestReceived += (_, e) =>
        {
            if (isWithoutFolder)
            {
                Directory.Delete(folder);
            }

            e.Handled = true;
            get = e;
            using var instance = ToolPeer.Instance(uid);
            var context = e.Net.Association!.FindAbstract(DicomUids.SecondaryCaptureImageStorage);
            e.Net.SendCStoreRequest(
                context, e.Net.NextMessageID(), DicomUids.SecondaryCaptureImageStorage, uid, DicomCommandPriorityType.Medium, null, 0, instance)
                .ThrowIfFailed();
        };
        peer.CStoreResponseReceived += (_, _) => get!.Respond(DicomCommandStatusType.Success, 0, 1, 0, 0).ThrowIfFailed();

        var run = await ToolRun.RunAsync(peer.Call("get", "--out", folder, "--json"));

        Assert.Equal("0000", run.Result.GetProperty("status").GetString());
        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Equal((0, 1), (run.Result.GetProperty("kept").GetInt32(), run.Result.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task Move_RefusalOfWhatIsReceivedHere_EndsWith1()
    {
        ToolRun? run = null;
        using var peer = ToolPeer.With(_ => { });
        peer.CMoveRequestReceived += async (_, e) =>
        {
            e.Handled = true;
            var port = run!.JsonOf("receiving").Single().GetProperty("port").GetInt32();
            await using (var association = await DicomAssociation.OpenAsync(
                "127.0.0.1", port, new DicomAssociationRequest("PEER", "DICOMNET").With(DicomUids.SecondaryCaptureImageStorage),
                new() { ThrowsOnFailure = false }, TestContext.Current.CancellationToken))
            {
                using var instance = ToolPeer.Instance("no UID");
                await association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken);
            }

            e.Respond(DicomCommandStatusType.Success, 0, 1, 0, 0).ThrowIfFailed();
        };

        run = ToolRun.Start(peer.Call("move", "--receive", "0", "--out", _folder.File("kept"), "--ip", "4", "--json"));
        await run.JsonAsync("result");
        await run.StopAsync();

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Equal((0, 1), (run.Result.GetProperty("kept").GetInt32(), run.Result.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task Get_MoreContextsThanThereAre_EndsWith2()
    {
        string[] transfers = [.. Enumerable.Range(1, 4).SelectMany(number => new[] { "--transfer", $"1.2.840.{number}" })];

        var run = await ToolRun.RunAsync(["get", "127.0.0.1", "104", "--out", _folder.Path, .. transfers]);

        Assert.Equal(ExitCode.BadUse, run.Code);
    }

    [Fact]
    public async Task Move_ToAnotherTitle_TellsTheCounts()
    {
        string? destination = null;
        using var target = ToolPeer.With(handlers => handlers.OnCStore((_, _) => new(DicomOutcome.Success)));
        using var peer = ToolPeer.With(handlers => handlers.OnCMove(
            title =>
            {
                destination = title;
                return new("127.0.0.1", target.HostPort);
            },
            (request, _) => Send(request, "1.2.1")));

        var run = await ToolRun.RunAsync(peer.Call("move", "--destination", "VIEWER", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("VIEWER", destination);
        Assert.Equal(1, run.Result.GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task Move_ReceivedHere_IsInTheFolder()
    {
        // The port is known when somebody listens on it: the peer is told by the tool's own words.
        ToolRun? run = null;
        using var peer = ToolPeer.With(handlers => handlers.OnCMove(
            _ => new("127.0.0.1", run!.JsonOf("receiving").Single().GetProperty("port").GetInt32()),
            (request, _) => Send(request, "1.2.1")));

        run = ToolRun.Start(peer.Call("move", "--receive", "0", "--out", _folder.Path, "--ip", "4", "--json"));
        await run.JsonAsync("result");
        await run.StopAsync();

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal([_folder.File("1.2.1.dcm")], _folder.Files);
    }

    [Fact]
    public async Task Move_DestinationThatThePeerDoesNotKnow_EndsWith1()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCMove(_ => null, (request, _) => Send(request, "1.2.1")));

        var run = await ToolRun.RunAsync(peer.Call("move", "--destination", "NOBODY"));

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Contains("A801H, refused: move destination unknown", run.Error, StringComparison.Ordinal);
    }

    private static IAsyncEnumerable<DicomInstance> Send(DicomRetrieveRequest request, params string[] uids)
    {
        request.Count = uids.Length;
        return uids.Select(uid => DicomInstance.FromDataSet(ToolPeer.Instance(uid))).ToAsyncEnumerable();
    }
}
