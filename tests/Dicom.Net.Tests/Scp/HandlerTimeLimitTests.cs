using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>Handlers that hang, and several that work at once.</summary>
public sealed class HandlerTimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();

    private DicomNetOptions Options => Retrieving.OnTime(_time);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StoreAsync_HangsPastTheLimit_IsAnsweredAndTold(bool blocks)
    {
        var begun = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        using var free = new ManualResetEventSlim();
        using var served = await AssociatedAsync(
            new DicomHandlers { TimeLimit = Limit }.OnCStore(async (_, token) =>
            {
                token.Register(told.SetResult);
                begun.SetResult();
                if (blocks)
                {
                    free.Wait(Timeouts.Default, TestContext.Current.CancellationToken);
                }

                await told.Task;
                return DicomCommandStatusType.Success;
            }),
            Options);
        var response = served.StoreAsync();
        await begun.Task.WithTimeout();

        await PassAsync(response);

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await response).Status);
        await told.Task.WithTimeout();
        free.Set();
        Assert.Equal(DicomCommandStatusType.Success, await served.EchoAsync());
    }

    [Fact]
    public async Task StartAsync_ComesToAnEndAfterItsTime_IsToldThatItWasInVain()
    {
        var gate = new TaskCompletionSource();
        var handler = new KeepingHandler { Starting = gate.Task };
        using var served = await AssociatedAsync(new DicomHandlers { TimeLimit = Limit }.Add(handler), Options);
        var response = served.StoreAsync();
        await handler.Started.Task.WithTimeout();
        await PassAsync(response);
        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await response).Status);

        gate.SetResult();

        var abandoned = await handler.Abandoned.Task.WithTimeout();
        Assert.Equal((TestInstance.Uid, false), (abandoned.SopInstance, abandoned.Destination!.CanWrite));
    }

    [Fact]
    public async Task StoreAsync_GivenUpAndTheAssociationEnds_WhatItWorksWithLastsUntilItReturns()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var owned = new Owned();
        using var late = Saying("late");
        using var served = await AssociatedAsync(
            new DicomHandlers { TimeLimit = Limit }.OnCStore(async (request, _) =>
            {
                request.Association.RegisterForDispose(owned);
                begun.SetResult();
                await free.Task;
                return DicomOutcome.Success with { DataSet = late };
            }),
            Options);
        var response = served.StoreAsync();
        await begun.Task.WithTimeout();
        await PassAsync(response);
        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await served.Peer.NextAsync<DicomCStoreResponseEventArgs>()).Status);

        served.Scu.SendReleaseRequest().ThrowIfFailed();
        await Eventually.True(() => served.Listener.GetClientCount() == 0);
        Assert.False(owned.Disposed.Task.IsCompleted);
        free.SetResult();

        await owned.Disposed.Task.WithTimeout();
        Assert.Throws<ObjectDisposedException>(() => late.GetString(DicomTag.PatientName));
    }

    [Fact]
    public async Task StartAsync_HangsPastTheLimit_IsToldAndItsStreamIsClosedInTheEnd()
    {
        var handler = new LateStart();
        using var served = await AssociatedAsync(new DicomHandlers { TimeLimit = Limit }.Add(handler), Options);
        var response = served.StoreAsync();

        await PassAsync(response);

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await response).Status);
        await Eventually.True(() => !handler.Stream.CanWrite);
    }

    [Fact]
    public async Task FindAsync_HangsAfterAMatch_IsAnswered()
    {
        using var served = await AssociatedAsync(
            new DicomHandlers { TimeLimit = Limit }.OnCFind((_, _) => OneAndNoMore()), Options);
        await served.FindAsync();
        var last = served.ResponseAsync<DicomCFindResponseEventArgs>();

        await PassAsync(last);

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await last).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindAsync_GivenUpAndReturnsAtLast_IsDisposedOfThen(bool throws)
    {
        var matches = new LateMatches();
        using var served = await AssociatedAsync(new DicomHandlers { TimeLimit = Limit }.OnCFind((_, _) => matches), Options);
        var last = served.FindAsync();
        await PassAsync(last);
        Assert.False(matches.Disposed.Task.IsCompleted);

        if (throws)
        {
            matches.Moved.SetException(new InvalidOperationException("The test's."));
        }
        else
        {
            matches.Moved.SetResult(true);
        }

        await matches.Disposed.Task.WithTimeout();
    }

    [Fact]
    public async Task FindAsync_Fails_IsDisposedOf()
    {
        var matches = new LateMatches();
        matches.Moved.SetException(new IOException("The test's."));
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, _) => matches), Options);

        Assert.Equal(DicomCommandStatusType.OutOfResources, (await served.FindAsync()).Status);
        await matches.Disposed.Task.WithTimeout();
    }

    [Fact]
    public async Task StoreAsync_ReturnsWithinTheLimit_IsItsAnswer()
    {
        using var served = await AssociatedAsync(
            new DicomHandlers { TimeLimit = Limit }.OnCStore(async (_, _) =>
            {
                await Task.Yield();
                return DicomCommandStatusType.ElementsDiscarded;
            }),
            Options);

        Assert.Equal(DicomCommandStatusType.ElementsDiscarded, (await served.StoreAsync()).Status);
    }

    [Fact]
    public async Task StoreAsync_AWindowWasNegotiated_SeveralWorkAtOnce()
    {
        const int Window = 3;
        using var together = new CountdownEvent(Window);
        using var served = await AssociatedAsync(
            new DicomHandlers { Supported = Everything(Window) }.OnCStore((_, _) =>
            {
                together.Signal();
                Assert.True(together.Wait(Timeouts.Default, TestContext.Current.CancellationToken)); // Each blocks its thread until all are there.
                return new(DicomOutcome.Success);
            }),
            propose: request => request.SetAsynchronousOperations(true, Window, 1));
        using var instance = TestInstance.Create();
        for (var i = 0; i < Window; i++)
        {
            served.Peer.SendStore(instance);
        }

        for (var i = 0; i < Window; i++)
        {
            Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCStoreResponseEventArgs>()).Status);
        }
    }

    [Fact]
    public async Task EchoAsync_ThePeerIgnoresTheWindow_OneWorksAtATimeAndAllAreAnswered()
    {
        const int Count = 3;
        using var free = new SemaphoreSlim(0);
        var (arrived, begun, running, most) = (0, 0, 0, 0);
        using var served = Listening(new DicomHandlers { Supported = Everything() }.OnCEcho(async (_, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Increment(ref begun);
            await free.WaitAsync(token);
            Interlocked.Decrement(ref running);
            return DicomCommandStatusType.Success;
        }));
        served.Listener.CEchoRequestReceived += (_, _) => Interlocked.Increment(ref arrived);
        await using var scu = await RawScu.AssociatedAsync(served.Listener.HostPort);

        await scu.Peer.SendAsync([.. Enumerable.Range(1, Count).Select(id => WireBytes.EchoRq((ushort)id))]);
        await Eventually.True(() => arrived == Count);
        for (var id = 1; id <= Count; id++)
        {
            await Eventually.True(() => begun == id);
            free.Release();
            Assert.Equal(id, (int)WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).MessageIdBeingRespondedTo!);
        }

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task StoreAsync_Hangs_TheAssociationIsNotIdle()
    {
        var begun = new TaskCompletionSource();
        var free = new TaskCompletionSource();
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCStore(async (_, _) =>
            {
                begun.SetResult();
                await free.Task;
                return DicomCommandStatusType.Success;
            }),
            Options with { IdleTimeout = Limit });
        var response = served.StoreAsync();
        await begun.Task.WithTimeout();

        _time.Advance(3 * Limit);
        free.SetResult();

        Assert.Equal(DicomCommandStatusType.Success, (await response).Status);
    }

    /// <summary>Time passes until it is over for who waits: when the wait begins is nobody's to know.</summary>
    private async Task PassAsync(Task response) => await Eventually.True(() =>
    {
        _time.Advance(Limit);
        return response.IsCompleted;
    });

    private static async IAsyncEnumerable<DicomDataSet> OneAndNoMore()
    {
        yield return Saying("A");
        await new TaskCompletionSource().Task;
    }

    private sealed class Owned : IAsyncDisposable
    {
        public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask DisposeAsync()
        {
            Disposed.SetResult();
            return default;
        }
    }

    /// <summary>Gives in when it is told to stop, and has a stream then.</summary>
    private sealed class LateStart : ICStoreStartHandler
    {
        public MemoryStream Stream { get; } = new();

        public async ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registered = cancellationToken.Register(told.SetResult);
            await told.Task;
            return Stream;
        }

        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken) => new(DicomOutcome.Success);
    }

    /// <summary>Matches of a database, say: whoever asks for the first one waits.</summary>
    private sealed class LateMatches : IAsyncEnumerable<DicomDataSet>, IAsyncEnumerator<DicomDataSet>
    {
        public TaskCompletionSource<bool> Moved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DicomDataSet Current => throw new NotSupportedException("Nobody hears it.");

        public IAsyncEnumerator<DicomDataSet> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => new(Moved.Task);

        public ValueTask DisposeAsync()
        {
            Disposed.SetResult();
            return default;
        }
    }
}
