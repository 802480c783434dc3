using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>Handlers that hang when all is over: what they work with lasts until they return.</summary>
public sealed class HandlerEndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task FindAsync_IsCancelledAndHangsInItsFinally_IsAnswered()
    {
        var find = new SlowFind();
        using var served = await AssociatedAsync(
            new DicomHandlers { TimeLimit = Limit }.OnCFind((request, token) => find.Matches(request.Association, token)), Retrieving.OnTime(_time));
        await served.FindAsync();
        served.Scu.SendCCancelRequest(Context, 1).ThrowIfFailed();
        await find.Ending.Begun.Task.WithTimeout();
        var last = served.ResponseAsync<DicomCFindResponseEventArgs>();

        await PassUntilAsync(() => last.IsCompleted);

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await last).Status);
        Assert.Equal(DicomCommandStatusType.Success, await served.EchoAsync()); // Nothing waits behind it.
        served.Scu.SendReleaseRequest().ThrowIfFailed();
        find.Ending.Free.SetResult();
        Assert.True(await find.Ending.Disposed.Task.WithTimeout());
    }

    [Fact]
    public async Task EndedAsync_HangsPastTheLimit_TheHandlerIsDisposedOfWhenItReturns()
    {
        var log = new RecordingLogger();
        var handler = new SlowEnd();
        using var served = await AssociatedAsync(
            new DicomHandlers { TimeLimit = Limit }.Add(_ => handler),
            Retrieving.OnTime(_time) with { LoggerFactory = new SingleLoggerFactory(log) });
        served.Scu.SendReleaseRequest().ThrowIfFailed();
        await handler.Ending.Begun.Task.WithTimeout();

        await PassUntilAsync(() => log.Count(3204) == 1);
        handler.Ending.Free.SetResult();

        Assert.True(await handler.Ending.Disposed.Task.WithTimeout());
    }

    /// <summary>Time passes: when a wait begins is nobody's to know.</summary>
    private Task PassUntilAsync(Func<bool> condition) => Eventually.True(() =>
    {
        _time.Advance(Limit);
        return condition();
    });

    /// <summary>Something that hangs until it is freed, and must not be disposed of before.</summary>
    private sealed class Hanging : IAsyncDisposable
    {
        private volatile bool _hasReturned;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Free { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it had returned.</summary>
        public TaskCompletionSource<bool> Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task HangAsync()
        {
            Begun.SetResult();
            await Free.Task;
            _hasReturned = true;
        }

        public ValueTask DisposeAsync()
        {
            Disposed.SetResult(_hasReturned);
            return default;
        }
    }

    private sealed class SlowFind
    {
        public Hanging Ending { get; } = new();

        public async IAsyncEnumerable<DicomDataSet> Matches(
            DicomAssociationContext association, [EnumeratorCancellation] CancellationToken token)
        {
            association.RegisterForDispose(Ending);
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registered = token.Register(told.SetResult);
            try
            {
                yield return Saying("A");
                await told.Task;
                yield return Saying("B"); // It is not sent: nobody wants it any more.
            }
            finally
            {
                await Ending.HangAsync();
            }
        }
    }

    private sealed class SlowEnd : IDicomAssociationHandler, IAsyncDisposable
    {
        public Hanging Ending { get; } = new();

        public ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken) => default;

        public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end) => new(Ending.HangAsync());

        public ValueTask DisposeAsync() => Ending.DisposeAsync();
    }
}
