using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>Which handler a request goes to, and what is answered where there is none.</summary>
public sealed class DicomHandlersTests
{
    [Fact]
    public async Task Request_AHandlerServesIt_IsAnsweredByIt()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCEcho((_, _) => new(DicomCommandStatusType.NotAuthorized)));

        Assert.Equal(DicomCommandStatusType.NotAuthorized, await served.Peer.EchoAsync());
    }

    [Fact]
    public async Task Request_AnEventHasAnsweredIt_DoesNotComeToTheHandler()
    {
        var calls = 0;
        using var served = await AssociatedAsync(new DicomHandlers().OnCEcho((_, _) => new(Count(ref calls))));
        served.Listener.CEchoRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.Success, await served.Peer.EchoAsync());
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Request_AnEventHasPutItOff_DoesNotComeToTheHandler()
    {
        var calls = 0;
        using var served = await AssociatedAsync(new DicomHandlers().OnCEcho((_, _) => new(Count(ref calls))));
        var asked = new TaskCompletionSource<DicomCEchoRequestEventArgs>();
        served.Listener.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.SetResult(e);
        };

        var echo = served.Peer.EchoAsync();
        (await asked.Task.WithTimeout()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.Success, await echo);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Request_SeveralHandlers_GoesToTheFirstOfItsSopClass()
    {
        using var served = await AssociatedAsync(new DicomHandlers()
            .OnCStore((_, _) => new(DicomCommandStatusType.NotAuthorized), DicomUids.CTImageStorage)
            .OnCStore((_, _) => new(DicomCommandStatusType.ElementsDiscarded), SopClass)
            .OnCStore((_, _) => new(DicomCommandStatusType.Success)));

        Assert.Equal(DicomCommandStatusType.ElementsDiscarded, (await served.StoreAsync()).Status);
    }

    [Fact]
    public async Task Request_NoHandlerServesItsSopClass_GetsTheDefaultAnswer()
    {
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCStore((_, _) => new(DicomCommandStatusType.Success), DicomUids.CTImageStorage));

        Assert.Equal(DicomCommandStatusType.SopClassNotSupported, (await served.StoreAsync()).Status);
        Assert.Equal(DicomCommandStatusType.Success, await served.EchoAsync());
    }

    [Fact]
    public async Task Handler_MadeForEachAssociation_IsItsOwnAndIsDisposedOfAtTheEnd()
    {
        var made = new List<OwnHandler>();
        using var served = await AssociatedAsync(new DicomHandlers().Add(context =>
        {
            made.Add(new OwnHandler(context));
            return made[^1];
        }));
        using var other = new TestScu();
        await other.AssociateAsync(served.Listener.HostPort, TestScu.Request(DicomUids.Verification));
        Assert.Empty(made); // None was needed so far.

        await served.Peer.EchoAsync();
        await served.Peer.EchoAsync();
        await other.EchoAsync();
        await other.ReleaseAsync();

        Assert.Equal([2, 1], made.Select(handler => handler.Calls));
        Assert.Equal("SCU", made[0].Context.Calling);
        Assert.NotNull(made[0].Context.Requested);
        await made[1].Disposed.Task.WithTimeout();
        Assert.True(made[1].Context.Ended.IsCancellationRequested);
        Assert.False(made[0].Disposed.Task.IsCompleted);
    }

    [Fact]
    public async Task Handler_CannotBeMade_IsProcessingFailure()
    {
        using var served = await AssociatedAsync(
            new DicomHandlers().Add<OwnHandler>(_ => throw new InvalidOperationException("The test's.")));

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, await served.Peer.EchoAsync());
    }

    [Fact]
    public async Task Handler_CouldNotBeMade_IsTriedAgain()
    {
        var calls = 0;
        using var served = await AssociatedAsync(new DicomHandlers().Add(context =>
            ++calls == 1 ? throw new InvalidOperationException("The test's.") : new OwnHandler(context)));

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, await served.EchoAsync());
        Assert.Equal(DicomCommandStatusType.Success, await served.EchoAsync());
        Assert.Equal(DicomCommandStatusType.Success, await served.EchoAsync());
        Assert.Equal(2, calls);
    }

    /// <summary>What makes it is code of the application, around which no lock is held.</summary>
    [Fact]
    public async Task Handler_TakesLongToBeMade_OthersServeTheAssociationMeanwhile()
    {
        const int Window = 2;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var free = new ManualResetEventSlim();
        var handlers = new DicomHandlers { Supported = Everything(Window) }.OnCStore((_, _) => new(DicomOutcome.Success)).Add(context =>
        {
            begun.SetResult();
            Assert.True(free.Wait(Timeouts.Default, TestContext.Current.CancellationToken));
            return new OwnHandler(context);
        });
        using var served = await AssociatedAsync(handlers, propose: request => request.SetAsynchronousOperations(true, Window, 1));
        served.Scu.SendCEchoRequest(Context, 7, SopClass).ThrowIfFailed();
        await begun.Task.WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, (await served.StoreAsync()).Status);

        free.Set();
        Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCEchoResponseEventArgs>()).Status);
    }

    [Fact]
    public async Task RegisterForDispose_Several_TheLastGoesFirst()
    {
        var order = new List<string>();
        var end = new TaskCompletionSource();
        using var served = await AssociatedAsync(new DicomHandlers().OnCEcho((request, _) =>
        {
            request.Association.RegisterForDispose(new Owned(() => { order.Add("first"); end.SetResult(); }));
            request.Association.RegisterForDispose(new Owned(() => order.Add("last")));
            return new(DicomCommandStatusType.Success);
        }));

        await served.Peer.EchoAsync();
        await served.Peer.ReleaseAsync();

        await end.Task.WithTimeout();
        Assert.Equal(["last", "first"], order);
    }

    [Fact]
    public void Add_ATypeThatServesNothing_IsAnError()
    {
        Assert.Throws<ArgumentException>(() => new DicomHandlers().Add(new ServesNothing()));
        Assert.Throws<ArgumentException>(() => new DicomHandlers().Add(_ => new ServesNothing()));
    }

    [Fact]
    public void TimeLimit_OutOfRange_IsAnError()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DicomHandlers { TimeLimit = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DicomHandlers { SubOperationTimeLimit = TimeSpan.FromDays(30) });
    }

    private static DicomCommandStatusType Count(ref int calls)
    {
        calls++;
        return DicomCommandStatusType.NotAuthorized;
    }

    private sealed class ServesNothing : IDicomServiceHandler;

    private sealed class OwnHandler(DicomAssociationContext context) : ICEchoHandler, IDisposable
    {
        public DicomAssociationContext Context { get; } = context;

        public int Calls { get; private set; }

        public TaskCompletionSource Disposed { get; } = new();

        public ValueTask<DicomOutcome> EchoAsync(DicomCEchoRequest request, CancellationToken cancellationToken)
        {
            Calls++;
            return new(DicomOutcome.Success);
        }

        public void Dispose() => Disposed.SetResult();
    }

    private sealed class Owned(Action dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            dispose();
            return default;
        }
    }
}
