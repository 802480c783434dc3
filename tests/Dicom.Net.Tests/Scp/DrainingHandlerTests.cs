using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>CloseAsync of a listener with handlers: they begin nothing any more, and it ends when they have.</summary>
public sealed class DrainingHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RequestedAsync_AcceptsWhileTheListenerCloses_IsRejectedAsTransient(bool decides)
    {
        var gate = new SlowGate();
        using var served = Listening(new DicomHandlers { Supported = Everything() }.Add(gate));
        await AskAsync(served);
        await gate.AskedAsync("SCU");

        var closing = served.Listener.CloseAsync(Timeout.InfiniteTimeSpan);
        gate.Decide("SCU", decides ? DicomAdmissionDecision.Accept(Everything()) : null);

        await AssertRejectedAsync(served);
        await closing.WithTimeout();
    }

    [Fact]
    public async Task AssociateRequest_PutOffAndAcceptedWhileTheListenerCloses_IsRejectedAsTransient()
    {
        var asked = new TaskCompletionSource<DicomAssociateRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var served = Listening(new DicomHandlers());
        served.Listener.AssociateRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.SetResult(e);
        };
        await AskAsync(served);
        var question = await asked.Task.WithTimeout();

        var closing = served.Listener.CloseAsync(Timeout.InfiniteTimeSpan);
        var accepted = question.Accept(question.Association.CreateAcceptAll());

        Assert.Equal(DicomExceptionCode.InvalidState, accepted.Code);
        await AssertRejectedAsync(served);
        await closing.WithTimeout();
    }

    [Fact]
    public async Task CloseAsync_HandlersAreStillEnding_EndsAfterThem()
    {
        var ender = new Ender();
        using var served = await AssociatedAsync(new DicomHandlers().Add(_ => ender));
        await served.Peer.ReleaseAsync();
        await ender.Begun.Task.WithTimeout();
        await Eventually.True(() => served.Listener.GetClientCount() == 0);

        var closing = served.Listener.CloseAsync(Timeout.InfiniteTimeSpan);

        Assert.False(closing.IsCompleted);
        ender.Free.SetResult();
        await closing.WithTimeout();
        Assert.True(ender.IsDisposed);
    }

    [Fact]
    public async Task CloseAsync_ACallOfAnAssociationThatHasEndedStillRuns_EndsAfterIt()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var served = await AssociatedAsync(new DicomHandlers().OnCEcho(async (_, _) =>
        {
            begun.SetResult();
            await free.Task; // Deaf to its token.
            return DicomOutcome.Success;
        }));
        served.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        await begun.Task.WithTimeout();
        served.Scu.CloseForced(true);
        await Eventually.True(() => served.Listener.GetClientCount() == 0);

        var closing = served.Listener.CloseAsync(Timeout.InfiniteTimeSpan);

        Assert.False(closing.IsCompleted);
        free.SetResult();
        await closing.WithTimeout();
    }

    [Fact]
    public async Task CloseAsync_AHandlerNeverEnds_IsWaitedForFiveSecondsPastTheDeadline()
    {
        var time = new FakeTimeProvider();
        var ender = new Ender();
        using var served = await AssociatedAsync(new DicomHandlers().Add(_ => ender), new() { TimeProvider = time });
        await served.Peer.ReleaseAsync();
        await ender.Begun.Task.WithTimeout();
        await Eventually.True(() => served.Listener.GetClientCount() == 0);
        var closing = served.Listener.CloseAsync(TimeSpan.Zero);

        Assert.False(closing.IsCompleted);
        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return closing.IsCompleted;
        });
        await closing;
        ender.Free.SetResult();
    }

    private static async Task AskAsync(ServedPeer served)
    {
        await served.Peer.ConnectAsync(served.Listener.HostPort);
        served.Scu.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();
    }

    private static async Task AssertRejectedAsync(ServedPeer served)
    {
        var rejected = await served.Peer.NextAsync<DicomAssociateRejectEventArgs>();
        Assert.Equal((2, 3, 1), ((int)rejected.Result, (int)rejected.Source, (int)rejected.Reason));
    }

    private sealed class Ender : IDicomAssociationHandler, IAsyncDisposable
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Free { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsDisposed { get; private set; }

        public ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken) => default;

        public async ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
        {
            Begun.SetResult();
            await Free.Task;
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return default;
        }
    }
}
