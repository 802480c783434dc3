using System.Runtime.CompilerServices;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// A program that serves by handlers: a polite one answers; the others throw, refuse, say what no response may say, wait until they are told to
/// stop, or hang. Handlers run beside the conversation's thread.
/// </summary>
internal sealed class FuzzHandlers : ICStoreStartHandler, IDicomAssociationHandler
{
    /// <summary>The SOP class whose instances are asked about before they arrive.</summary>
    private const string AskedFirst = "1.2.840.10008.5.1.4.1.1.2";

    private readonly Lock _gate = new();
    private readonly FuzzRandom _random;
    private readonly FuzzCase _case;
    private readonly bool _isPolite;
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _asked;
    private int _ended;

    public FuzzHandlers(FuzzRandom random, FuzzCase fuzzCase, bool isPolite)
    {
        (_random, _case, _isPolite) = (random, fuzzCase, isPolite);
        Handlers = new DicomHandlers { Supported = FuzzApplication.Services() }
            .Add(this, AskedFirst, DicomUids.Verification)
            .OnCEcho((_, token) => AnswerAsync("C-ECHO", token))
            .OnCStore((_, token) => AnswerAsync("C-STORE", token))
            .OnCFind((_, token) => MatchesAsync(token))
            .OnCGet((_, token) => InstancesAsync(token))
            .OnCMove(FindDestination, (_, token) => InstancesAsync(token))
            .OnNEventReport((_, token) => AnswerAsync("N-EVENT-REPORT", token))
            .OnNGet((_, token) => AnswerAsync("N-GET", token))
            .OnNSet((_, token) => AnswerAsync("N-SET", token))
            .OnNAction((_, token) => AnswerAsync("N-ACTION", token))
            .OnNCreate((_, token) => AnswerAsync("N-CREATE", token))
            .OnNDelete((_, token) => AnswerAsync("N-DELETE", token));
        if (random.OneIn(3))
        {
            Handlers.TimeLimit = TimeSpan.FromSeconds(30);
        }
    }

    public DicomHandlers Handlers { get; }

    /// <summary>Whether the library took the peer for one.</summary>
    public bool WasAsked => Volatile.Read(ref _asked) > 0;

    /// <summary>Whether no call is under way, and the end was told to whom the beginning was.</summary>
    public bool IsQuiet => Volatile.Read(ref _running) == 0 && Volatile.Read(ref _ended) == Math.Min(1, Volatile.Read(ref _asked));

    /// <summary>What the library did that it must not do. Null: nothing.</summary>
    public string? Fault => _ended > 1 ? "The end was told to a handler twice." : _asked > 1 ? "A handler was asked twice about an association." : null;

    /// <summary>What hangs does so no longer.</summary>
    public void LetGo() => _letGo.TrySetResult();

    public async ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        await MisbehaveAsync("RequestedAsync", cancellationToken).ConfigureAwait(false);
        return Choose(8) switch
        {
            0 when !_isPolite => DicomAdmissionDecision.Reject(
                DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Congestion),
            1 => DicomAdmissionDecision.Accept(FuzzApplication.Services()),
            _ => null,
        };
    }

    public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
    {
        Interlocked.Increment(ref _ended);
        return default;
    }

    public async ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        // That a peer has gone is not noticed before it has decided.
        await MisbehaveAsync("StartAsync", CancellationToken.None).ConfigureAwait(false);
        return Choose(4) switch
        {
            0 => new MemoryStream(),
            1 when !_isPolite => new FullStream(),
            _ => null,
        };
    }

    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken) =>
        AnswerAsync("C-STORE, asked first", cancellationToken);

    private static DicomDataSet Something()
    {
        var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.PatientName, "Doe^John");
        return dataSet;
    }

    private async ValueTask<DicomOutcome> AnswerAsync(string service, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await MisbehaveAsync(service, cancellationToken).ConfigureAwait(false);
            return Choose(_isPolite ? 1 : 8) switch
            {
                1 => DicomCommandStatusType.Pending,
                2 => (DicomCommandStatusType)Choose(0x10000),
                3 => new DicomOutcome(DicomCommandStatusType.ProcessingFailure, new() { ErrorComment = new string('x', 100) }),
                4 => new DicomOutcome { DataSet = Something() },
                5 => new DicomOutcome { SopInstance = "1.2.3" },
                _ => DicomOutcome.Success,
            };
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async IAsyncEnumerable<DicomDataSet> MatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            for (var matches = Choose(4); matches > 0; matches--)
            {
                await MisbehaveAsync("C-FIND", cancellationToken).ConfigureAwait(false);
                using var match = Something();
                yield return match;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async IAsyncEnumerable<DicomInstance> InstancesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            for (var instances = Choose(3); instances > 0; instances--)
            {
                await MisbehaveAsync("a retrieval", cancellationToken).ConfigureAwait(false);
                yield return new DicomInstance(AskedFirst, "1.2.3", DicomUids.ExplicitVRLittleEndian, Open);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private ValueTask<DicomDataSet> Open(CancellationToken cancellationToken) =>
        !_isPolite && Choose(4) == 0 ? throw new FuzzHandlerException() : new(Something());

    // No network: there is nobody to be found.
    private DicomMoveDestination? FindDestination(string title) => !_isPolite && Choose(4) == 0 ? throw new FuzzHandlerException() : null;

    private async Task MisbehaveAsync(string what, CancellationToken cancellationToken)
    {
        _case.Tell(() => $"  handler: {what}");
        if (_isPolite)
        {
            return;
        }

        switch (Choose(10))
        {
            case 0:
                throw new FuzzHandlerException();
            case 1:
                throw new DicomRefusalException(DicomCommandStatusType.OutOfResources, "no\nmore\u001b[2J");
            case 2:
                await Task.Yield();
                break;
            case 3 when cancellationToken.CanBeCanceled:
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                break;
            case 4:
                // Deaf, too.
                await _letGo.Task.ConfigureAwait(false);
                break;
        }
    }

    private int Choose(int bound)
    {
        lock (_gate)
        {
            return _random.Next(bound);
        }
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new FuzzHandlerException();
    }
}
