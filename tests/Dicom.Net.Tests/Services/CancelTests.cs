using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>C-CANCEL: seen at once, told in its turn, ignored where there is nothing to cancel.</summary>
public sealed class CancelTests
{
    [Fact]
    public async Task CCancel_OfAFindUnderWay_CancelsItsTokenAndIsTold()
    {
        using var pair = await AssociatedAsync();
        var told = new TaskCompletionSource<int>();
        pair.Scp.CCancelRequestReceived += (_, e) => told.TrySetResult(e.MessageID);
        pair.Scu.SendCFindRequest(Context, 7, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCFindRequestEventArgs>();
        var cancelled = request.Cancelled;
        Assert.False(cancelled.IsCancellationRequested);

        pair.Scu.SendCCancelRequest(Context, 7).ThrowIfFailed();

        Assert.Equal(7, await told.Task.WithTimeout());
        Assert.True(cancelled.IsCancellationRequested);
        request.Respond(DicomCommandStatusType.Cancel).ThrowIfFailed();
        Assert.Equal(DicomCommandStatusType.Cancel, (await pair.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
    }

    [Fact]
    public async Task CCancel_Point54WhileTheCallbackWritesResponses_IsSeenInside()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CFindRequestReceived += (_, e) =>
        {
            // In LDicomNet's style: all the work inside the callback.
            while (!e.Cancelled.IsCancellationRequested)
            {
                e.Respond(DicomCommandStatusType.Pending, Saying("match"));
            }

            e.Net.ReadyToSendAsync(TestContext.Current.CancellationToken).Wait(Timeouts.Default, TestContext.Current.CancellationToken);
            e.Respond(DicomCommandStatusType.Cancel);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, SopClass);
        var last = new TaskCompletionSource<DicomCommandStatusType>();
        var matches = 0;
        scu.Net.CFindResponseReceived += (_, e) =>
        {
            if (!e.Status.IsPending())
            {
                last.TrySetResult(e.Status);
            }
            else if (++matches == 3)
            {
                scu.Net.SendCCancelRequest(Context, e.MessageID).ThrowIfFailed();
            }
        };

        scu.Net.SendCFindRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.Cancel, await last.Task.WithTimeout());
    }

    [Fact]
    public async Task CCancel_BeforeItsRequestIsTold_HasCancelledItFromTheStart()
    {
        var received = 0;
        using var listener = TestScp.AcceptingAll(new()
        {
            PduLayer = new TracingPduLayer(DicomPduLayer.Instance, entry => Interlocked.Add(ref received, entry.IsSent ? 0 : 1)),
        });
        using var free = new ManualResetEventSlim();
        var busy = new TaskCompletionSource();
        var wasCancelled = new TaskCompletionSource<bool>();
        listener.CEchoRequestReceived += (_, _) =>
        {
            busy.TrySetResult();
            free.Wait(Timeouts.Default);
        };
        listener.CFindRequestReceived += (_, e) => wasCancelled.TrySetResult(e.Cancelled.IsCancellationRequested);
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);

        await raw.Peer.SendAsync(WireBytes.EchoRq(1));
        await busy.Task.WithTimeout();
        await raw.Peer.SendAsync(RawScu.FindRq(2), RawScu.FindIdentifier, RawScu.CancelRq(2));
        await Eventually.True(() => Volatile.Read(ref received) == 5);

        // Seen by the thread that receives, while the first C-ECHO is still being answered: else it would not receive the next one.
        await raw.Peer.SendAsync(WireBytes.EchoRq(3));
        await Eventually.True(() => Volatile.Read(ref received) == 6);
        free.Set();

        Assert.True(await wasCancelled.Task.WithTimeout());
    }

    [Fact]
    public async Task CCancel_Point53OfAnUnknownMessageId_IsIgnored()
    {
        using var listener = TestScp.AcceptingAll();
        var told = 0;
        listener.CCancelRequestReceived += (_, _) => told++;
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);

        await raw.Peer.SendAsync(RawScu.CancelRq(99));

        Assert.Equal(DicomCommandStatusType.Success, await raw.Peer.EchoAsync(99));
        Assert.Equal(0, told);
    }

    [Fact]
    public async Task CCancel_OfAStore_IsIgnored()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCStoreRequest(Context, 4, SopClass, Instance, DicomCommandPriorityType.Medium, null, 0, Saying("x")).ThrowIfFailed();
        var store = await pair.RequestAsync<DicomCStoreRequestEventArgs>();

        pair.Scu.SendCCancelRequest(Context, 4).ThrowIfFailed();
        pair.Scp.SendNReportRequest(Context, 1, SopClass, Instance, 1, null).ThrowIfFailed();
        (await pair.RequestAsync<DicomNReportRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomNReportResponseEventArgs>(); // It came behind the C-CANCEL.

        Assert.False(store.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task SendCCancelRequest_NothingUnderWay_SendsNothing()
    {
        using var pair = await AssociatedAsync();
        var sent = 0;
        pair.Scu.Sent += (_, _) => sent++;

        pair.Scu.SendCCancelRequest(Context, 4).ThrowIfFailed();
        pair.Scu.SendCEchoRequest(Context, 5, SopClass).ThrowIfFailed();
        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomCEchoResponseEventArgs>();

        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task Cancelled_TheAssociationIsLostDuringTheCallback_IsSeenInside()
    {
        using var listener = TestScp.AcceptingAll();
        var sawIt = new TaskCompletionSource<bool>();
        var inside = new TaskCompletionSource();
        listener.CMoveRequestReceived += (_, e) =>
        {
            inside.TrySetResult();
            sawIt.TrySetResult(e.Cancelled.WaitHandle.WaitOne(Timeouts.Default));
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, SopClass);
        scu.Net.SendCMoveRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, "X", Saying("*")).ThrowIfFailed();
        await inside.Task.WithTimeout();

        scu.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();

        Assert.True(await sawIt.Task.WithTimeout());
    }

    [Fact]
    public async Task GetCancellationToken_OfARequestAnswered_IsCancelled()
    {
        using var pair = await AssociatedAsync();

        Assert.True(pair.Scp.GetCancellationToken(Context, 12).IsCancellationRequested);
    }
}
