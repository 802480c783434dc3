using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Use after free, double free (DCMTK 01ec789da, CVE-2021-41688): here, use of what is closed or disposed of. Each call says so and does no harm,
/// and nothing is told after the end. In the midst of callbacks: <see cref="DicomNetReentrancyTests"/>, <see cref="ServiceReentrancyTests"/>.
/// </summary>
public sealed class UseAfterEndTests
{
    public enum End
    {
        NeverConnected,
        Closed,
        ClosedByForce,
        ClosedByThePeer,
        AbortedByThePeer,
        Released,
        Disposed,
    }

    private const DicomCommandStatusType Success = DicomCommandStatusType.Success;
    private const DicomCommandPriorityType Medium = DicomCommandPriorityType.Medium;
    private const string Class = DicomUids.Verification;

    private static readonly Dictionary<string, Func<DicomNet, DicomDataSet, DicomNetResult>> Calls = new()
    {
        ["SendAssociateRequest"] = (net, _) => net.SendAssociateRequest(TestScu.Request(Class)),
        ["SendAssociateAccept"] = (net, _) => net.SendAssociateAccept(new DicomAssociate(request: false)),
        ["SendAssociateReject"] = (net, _) => net.SendAssociateReject(
            DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Unknown),
        ["SendReleaseRequest"] = (net, _) => net.SendReleaseRequest(),
        ["SendReleaseResponse"] = (net, _) => net.SendReleaseResponse(),
        ["SendAbort"] = (net, _) => net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown),
        ["SendData"] = (net, data) => net.SendData(1, data, null),
        ["SendCEchoRequest"] = (net, _) => net.SendCEchoRequest(1, 1, Class),
        ["SendCEchoResponse"] = (net, _) => net.SendCEchoResponse(1, 1, Class, Success),
        ["SendCStoreRequest"] = (net, data) => net.SendCStoreRequest(1, 1, Class, "1.2.3", Medium, null, 0, data),
        ["SendCStoreResponse"] = (net, _) => net.SendCStoreResponse(1, 1, Class, "1.2.3", Success),
        ["SendCFindRequest"] = (net, data) => net.SendCFindRequest(1, 1, Class, Medium, data),
        ["SendCFindResponse"] = (net, _) => net.SendCFindResponse(1, 1, Class, Success, null),
        ["SendCGetRequest"] = (net, data) => net.SendCGetRequest(1, 1, Class, Medium, data),
        ["SendCGetResponse"] = (net, _) => net.SendCGetResponse(1, 1, Class, Success, 0, 0, 0, 0, null),
        ["SendCMoveRequest"] = (net, data) => net.SendCMoveRequest(1, 1, Class, Medium, "OTHER", data),
        ["SendCMoveResponse"] = (net, _) => net.SendCMoveResponse(1, 1, Class, Success, 0, 0, 0, 0, null),
        ["SendCCancelRequest"] = (net, _) => net.SendCCancelRequest(1, 1),
        ["SendNReportRequest"] = (net, data) => net.SendNReportRequest(1, 1, Class, "1.2.3", 1, data),
        ["SendNGetRequest"] = (net, _) => net.SendNGetRequest(1, 1, Class, "1.2.3", []),
        ["SendNSetRequest"] = (net, data) => net.SendNSetRequest(1, 1, Class, "1.2.3", data),
        ["SendNActionRequest"] = (net, data) => net.SendNActionRequest(1, 1, Class, "1.2.3", 1, data),
        ["SendNCreateRequest"] = (net, data) => net.SendNCreateRequest(1, 1, Class, "1.2.3", data),
        ["SendNDeleteRequest"] = (net, _) => net.SendNDeleteRequest(1, 1, Class, "1.2.3"),
    };

    public static TheoryData<End> Ends => [.. Enum.GetValues<End>()];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Call_AfterTheEnd_ReturnsAnErrorAndTellsNothing(End end)
    {
        using var listener = TestScp.AcceptingAll();
        using var net = new RecordingNet();
        await EndAsync(net, listener, end);
        var told = net.Calls.Count;
        using var dataSet = TestInstance.Create();

        foreach (var (name, call) in Calls)
        {
            var result = call(net, dataSet);
            Assert.True(!result.IsSuccess && result.Message.Length > 0, name);
        }

        Assert.False(net.IsConnected() || net.IsAssociated());
        Assert.Equal(0, net.GetClientCount());
        Assert.Null(net.GetClient(0));
        Assert.False(net.GetCancellationToken(1, 1).CanBeCanceled && !net.GetCancellationToken(1, 1).IsCancellationRequested);
        net.Close();
        net.CloseForced(true);
        await net.CloseAsync(TimeSpan.Zero).WithTimeout();
        net.Dispose();
        net.Dispose();
        Assert.Equal(told, net.Calls.Count);
    }

    [Fact]
    public async Task Request_AnsweredTwice_TheSecondAnswerIsNotSent()
    {
        var second = new TaskCompletionSource<DicomNetResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll();
        listener.CEchoRequestReceived += (_, e) =>
        {
            e.Respond(Success).ThrowIfFailed();
            second.TrySetResult(e.Respond(Success));
        };
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

        Assert.Equal(Success, await scu.Peer.EchoAsync(1));
        Assert.Equal(DicomExceptionCode.InvalidState, (await second.Task.WithTimeout()).Code);

        // The next PDU is the answer to the next request, and no other.
        Assert.Equal(Success, await scu.Peer.EchoAsync(2));
    }

    [Fact]
    public async Task DataSet_AfterItsRequestWasAnswered_CannotBeRead()
    {
        var kept = new TaskCompletionSource<DicomDataSet>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.Respond(Success).ThrowIfFailed();
            kept.TrySetResult(e.DataSet!);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        await scu.StoreAsync(TestInstance.Create());

        var dataSet = await kept.Task.WithTimeout();

        Assert.Throws<ObjectDisposedException>(() => dataSet.GetString(DicomTag.PatientName));
        Assert.Throws<ObjectDisposedException>(() => dataSet.Save(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        dataSet.Dispose();
    }

    [Fact]
    public async Task Request_AnsweredAfterTheEnd_IsAnErrorAndItsDataSetIsGone()
    {
        var told = new TaskCompletionSource<DicomCStoreRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.Handled = true;
            told.TrySetResult(e);
        };
        listener.Closed += (_, _) => closed.TrySetResult();
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
        await scu.Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(true, WireBytes.PixelData(100)));
        var request = await told.Task.WithTimeout();
        var cancelled = request.Cancelled;

        scu.Peer.Reset();
        await closed.Task.WithTimeout();

        Assert.True(cancelled.IsCancellationRequested);
        Assert.Equal(DicomExceptionCode.InvalidState, request.Respond(Success).Code);
        Assert.Throws<ObjectDisposedException>(() => request.DataSet!.Count);
    }

    [Fact]
    public async Task Close_InTheMidstOfAFlood_IsTheLastThatIsTold()
    {
        using var listener = TestScp.InTheOldStyle(_ => { });
        using var scu = new RecordingNet();
        scu.Override("OnConnect", _ => scu.SendAssociateRequest(TestScu.Request(Class)));
        scu.Override("OnReceiveAssociateAccept", _ => Flood(scu));
        scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await Eventually.True(() => scu.Count("OnReceiveCEchoResponse") > 20);

        scu.Close();

        await scu.CallOf("OnClose");
        await Eventually.True(() => listener.GetClientCount() == 0);
        Assert.Equal("OnClose", scu.Names.Last());
        Assert.Equal(1, scu.Count("OnClose"));
    }

    private static void Flood(DicomNet scu)
    {
        for (var id = 1; id <= 200; id++)
        {
            scu.SendCEchoRequest(1, id, Class);
        }
    }

    private static async Task EndAsync(RecordingNet net, DicomNet listener, End end)
    {
        if (end == End.NeverConnected)
        {
            return;
        }

        net.Override("OnConnect", _ => net.SendAssociateRequest(TestScu.Request(Class)));
        net.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await net.CallOf("OnReceiveAssociateAccept");
        Action deed = end switch
        {
            End.Closed => net.Close,
            End.ClosedByForce => () => net.CloseForced(true),
            End.ClosedByThePeer => () => listener.GetClient(0)!.Close(),
            End.AbortedByThePeer => () => listener.GetClient(0)!.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown),
            End.Released => () => net.SendReleaseRequest(),
            _ => net.Dispose,
        };
        deed();
        await net.CallOf("OnClose");
        await Eventually.True(() => !net.IsConnected());
    }
}
