using System.Collections.Concurrent;
using Dicom.Net.Associations;
using Dicom.Net.DataSets;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>What goes wrong between a request and its response: nobody is left waiting, and nothing reaches another association.</summary>
public sealed class PeerExchangeTests
{
    private static readonly string LongText = new('x', 4000);

    [Fact]
    public async Task Request_ToldAfterTheAssociationIsOver_IsCancelledFromTheStart()
    {
        using var listener = TestScp.AcceptingAll();
        using var free = new ManualResetEventSlim();
        var busy = new TaskCompletionSource();
        var token = new TaskCompletionSource<CancellationToken>();
        var ended = new TaskCompletionSource();
        listener.CEchoRequestReceived += (_, e) =>
        {
            e.Cancelled.Register(() => ended.TrySetResult());
            busy.TrySetResult();
            free.Wait(Timeouts.Default);
        };
        listener.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            token.TrySetResult(e.Cancelled);
        };
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);

        await raw.Peer.SendAsync(WireBytes.EchoRq(1));
        await busy.Task.WithTimeout();
        await raw.Peer.SendAsync(RawScu.FindRq(2), RawScu.FindIdentifier, WireBytes.Abort());
        await ended.Task.WithTimeout();
        free.Set();

        Assert.True((await token.Task.WithTimeout()).IsCancellationRequested);
    }

    [Fact]
    public async Task Respond_TheFinalOneFindsNoRoom_ThePeerIsNotLeftWaiting()
    {
        using var listener = TestScp.AcceptingAll();
        var last = new TaskCompletionSource<DicomExceptionCode>();
        listener.CFindRequestReceived += (_, e) =>
        {
            Fill(e);
            last.TrySetResult(e.Respond(DicomCommandStatusType.Success).Code);
        };
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);

        await raw.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);

        Assert.Equal(DicomExceptionCode.NetQueueFull, await last.Task.WithTimeout());
        var pdu = await raw.Peer.ReceiveAsync();
        while (pdu.Type == PduType.PDataTf && WireBytes.CommandOf(pdu).Status == DicomCommandStatusType.Pending)
        {
            await raw.Peer.ReceiveAsync(); // The identifier.
            pdu = await raw.Peer.ReceiveAsync();
        }

        // Either there is room for an answer by now, or the association ends.
        Assert.True(
            pdu.Type == PduType.AAbort || WireBytes.CommandOf(pdu).Status == DicomCommandStatusType.ProcessingFailure, pdu.ToString());
    }

    [Fact]
    public async Task SendRequest_ItsTurnComesWhileTheQueueIsFull_GoesOutLater()
    {
        using var listener = TestScp.AcceptingAll();
        var asked = new TaskCompletionSource<DicomCFindRequestEventArgs>();
        var answered = new TaskCompletionSource();
        listener.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.TrySetResult(e);
        };
        listener.NReportResponseReceived += (_, _) => answered.TrySetResult();
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);
        await raw.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);
        var find = await asked.Task.WithTimeout();
        Report(find.Net, 11).ThrowIfFailed();
        Report(find.Net, 12).ThrowIfFailed();
        Fill(find);

        await raw.Peer.SendAsync(RawScu.Command(
            CommandSet.NEventReportRsp(11, WireBytes.Verification, "1.2.3", DicomCommandStatusType.Success, 1, hasDataSet: false)));
        await answered.Task.WithTimeout();

        var reports = new List<int?>();
        while (reports.Count < 2)
        {
            var pdu = await raw.Peer.ReceiveAsync();
            if (pdu.Body[5] == WireBytes.LastCommand && WireBytes.CommandOf(pdu) is { CommandField: CommandField.NEventReportRq } report)
            {
                reports.Add(report.MessageId);
            }
        }

        Assert.Equal([11, 12], reports);
        Assert.True(find.Net.IsAssociated());
    }

    [Fact]
    public async Task CCancel_OfAPeerThatUsesItsWholeWindow_IsSeen()
    {
        const int window = AgreedOperations.MostGranted;
        using var pair = await AssociatedAsync(
            request => request.SetAsynchronousOperations(true, window, window), answer => answer.SetAsynchronousOperations(true, window, window));
        using var free = new ManualResetEventSlim();
        var inside = new TaskCompletionSource<CancellationToken>();
        pair.Scp.Received += (_, _) => { }; // So each PDU is told as well.
        pair.Scp.CFindRequestReceived += (_, e) =>
        {
            inside.TrySetResult(e.Cancelled);
            free.Wait(Timeouts.Default);
        };
        pair.Scu.SendCFindRequest(Context, 100, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();
        var token = await inside.Task.WithTimeout();
        for (var id = 1; id < window; id++)
        {
            pair.Scu.SendCEchoRequest(Context, id, SopClass).ThrowIfFailed();
        }

        pair.Scu.SendCCancelRequest(Context, 100).ThrowIfFailed();

        await Eventually.True(() => token.IsCancellationRequested);
        free.Set();
    }

    [Fact]
    public async Task ReadyToSendAsync_AsManyRequestsWaitAsMay_WaitsForOneToGo()
    {
        using var pair = await AssociatedAsync();
        var id = 0;
        while (pair.Scu.SendCEchoRequest(Context, ++id, SopClass).IsSuccess)
        {
        }

        var ready = pair.Scu.ReadyToSendAsync(TestContext.Current.CancellationToken);
        Assert.False(ready.IsCompleted);
        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await ready.WithTimeout();

        pair.Scu.SendCEchoRequest(Context, id, SopClass).ThrowIfFailed();
    }

    [Fact]
    public async Task SendRequest_AfterTheExchangeWasClosed_IsNotConnected()
    {
        using var pair = await AssociatedAsync();
        var exchange = new PeerExchange(new RecordingLogger(), "peer", new(), place: null, new(Instruments.Of(null), TimeProvider.System, isAcceptor: false, tellsTitles: false));
        exchange.Sent.Close();

        var result = exchange.Sent.Send(null!, new(Context, 1, CommandField.CEchoRq, default), null);

        Assert.Equal(DicomExceptionCode.NetNotConnected, result.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task SendRequest_WithoutASopClass_IsAParameterError(string? sopClass)
    {
        using var pair = await AssociatedAsync();

        var query = pair.Scu.SendCFindRequest(Context, 1, sopClass!, DicomCommandPriorityType.Medium, Saying("*"));
        var deletion = pair.Scu.SendNDeleteRequest(Context, 1, SopClass, sopClass!);

        Assert.Equal((DicomExceptionCode.Parameter, DicomExceptionCode.Parameter), (query.Code, deletion.Code));
        Assert.True(pair.Scu.IsAssociated());
    }

    [Fact]
    public async Task Respond_PendingWhereNothingCanBe_IsAParameterError()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        var echo = await pair.RequestAsync<DicomCEchoRequestEventArgs>();

        Assert.Equal(DicomExceptionCode.Parameter, echo.Respond(DicomCommandStatusType.Pending).Code);

        echo.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
    }

    [Fact]
    public async Task Response_PendingWhereNothingCanBe_IsTheLast()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        pair.Scu.SendCEchoRequest(Context, 2, SopClass).ThrowIfFailed();
        await pair.RequestAsync<DicomCEchoRequestEventArgs>();

        using (var pending = new DicomDataSet(
            EncodedDataSet.FromMemory(
                CommandSet.CEchoRsp(1, SopClass, DicomCommandStatusType.Pending).Encode(), DicomUids.ImplicitVRLittleEndian), meta: null))
        {
            pair.Scp.SendData(Context, pending, null).ThrowIfFailed();
        }

        Assert.Equal(DicomCommandStatusType.Pending, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).Status);
        Assert.Equal(2, (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).MessageID);
    }

    [Fact]
    public async Task SendRequest_BeforeTheAnswerIsTold_KeepsToAWindowOfOne()
    {
        using var listener = TestScp.AcceptingAll();
        var told = new ConcurrentQueue<int>();
        var results = new List<DicomExceptionCode>();
        listener.CEchoRequestReceived += (_, e) => told.Enqueue(e.MessageID);
        using var scu = new RecordingNet();
        scu.Override("OnConnect", _ => scu.SendAssociateRequest(TestScu.Request(SopClass)));
        scu.Override("OnReceive", _ =>
        {
            if (scu.IsAssociated() && results.Count == 0)
            {
                results.Add(scu.SendCEchoRequest(Context, 1, SopClass).Code);
                results.Add(scu.SendCEchoRequest(Context, 2, SopClass).Code);
            }
        });

        scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await scu.CallOf("OnReceiveCEchoResponse");

        Assert.Equal([DicomExceptionCode.Success, DicomExceptionCode.NetQueueFull], results);
        Assert.Equal([1], told);
    }

    [Fact]
    public async Task Respond_TheFinalOneFailed_TheTokenGivenOutBeforeStillTells()
    {
        using var listener = TestScp.AcceptingAll();
        var asked = new TaskCompletionSource<DicomCFindRequestEventArgs>();
        listener.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.TrySetResult(e);
        };
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);
        await raw.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);
        var find = await asked.Task.WithTimeout();
        var token = find.Cancelled;
        Fill(find);
        Assert.Equal(DicomExceptionCode.NetQueueFull, find.Respond(DicomCommandStatusType.Success).Code);

        await raw.Peer.SendAsync(RawScu.CancelRq(1));

        await Eventually.True(() => token.IsCancellationRequested);
    }

    [Fact]
    public async Task CFind_IdentifierThatCannotBeKept_IsOutOfResources()
    {
        var folder = new TemporaryFolder();
        using var listener = TestScp.AcceptingAll(new DicomNetOptions { MemoryThreshold = 0 }, folder.Path);
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);
        folder.Dispose();

        await raw.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);

        Assert.Equal(DicomCommandStatusType.OutOfResources, WireBytes.CommandOf(await raw.Peer.ReceiveAsync()).Status);
    }

    [Fact]
    public async Task AllowsUnagreedRoles_RequestWithoutTheRole_IsTold()
    {
        using var listener = TestScp.AcceptingAll(new DicomNetOptions { AllowsUnagreedRoles = true });
        listener.NReportRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);

        await raw.Peer.SendAsync(RawScu.Command(CommandSet.NEventReportRq(3, WireBytes.Verification, "1.2.3", 1, hasDataSet: false)));

        Assert.Equal(DicomCommandStatusType.Success, WireBytes.CommandOf(await raw.Peer.ReceiveAsync()).Status);
    }

    /// <summary>Answers until the queue is full, and stays so: the peer does not read, but the system takes some more.</summary>
    private static void Fill(DicomCFindRequestEventArgs find)
    {
        for (var refused = 0; refused < 200; refused++)
        {
            if (find.Respond(DicomCommandStatusType.Pending, Saying(LongText)).IsSuccess)
            {
                refused = 0;
            }

            Thread.Yield();
        }
    }

    private static DicomNetResult Report(DicomNet net, int messageId) =>
        net.SendNReportRequest(WireBytes.EchoContext, messageId, WireBytes.Verification, "1.2.3", 1, null);
}
