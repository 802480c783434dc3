using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>The end of a listener in good order: what stands goes on, nothing new begins.</summary>
public partial class DicomNet
{
    /// <summary>How long clients that were closed by force, or rejected, may take to end (arbitrary).</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    /// <summary>What .NET's timers can hold: some 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // How many calls of CloseAsync are under way: meanwhile the object is not used anew.
    private int _drains;

    // Of a listener: whether no association may begin any more; of a client: whether it came when that was so.
    private volatile bool _isDraining;
    private volatile bool _cameTooLate;

    /// <summary>For tests: whether CloseAsync has come so far.</summary>
    internal bool RefusesAssociations => _isDraining;

    private TaskCompletionSource? _emptied;
    private bool _waitsForLatecomers;
    private EndingHandlers? _handlersEnding;

    private EndingHandlers HandlersEnding => LazyInitializer.EnsureInitialized(ref _handlersEnding, static () => new());

    /// <summary>
    /// Stops listening and waits for the clients to end by themselves; those that have not by the deadline are closed, which aborts
    /// their associations.
    /// </summary>
    /// <param name="deadline">How long to wait for the clients: 0 to 49 days, or Timeout.InfiniteTimeSpan.</param>
    /// <returns>A task that ends when the last client has, and its handlers; at the latest five seconds after the deadline.</returns>
    /// <remarks>
    /// Handlers have ended when their last call has returned, they were told of the end (<see cref="IDicomAssociationHandler.EndedAsync"/>), and those
    /// of the association's own are disposed of: to await this task inside of that is to wait for oneself until the deadline.
    /// An association is not accepted any more: who is connected already and asks now is rejected with temporary congestion, transient
    /// (2/3/1, PS3.8 Table 9-21), and the application is not asked; so is who has asked before, where the application accepts only now.
    /// Until the task has ended the object is not used anew: Listen, Connect and Accept refuse it
    /// (<see cref="DicomExceptionCode.InvalidState"/>).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is out of range; nothing was done.</exception>
    public Task CloseAsync(TimeSpan deadline) => CloseAsync(deadline, rejectNewcomers: false);

    /// <summary>As the other overload; newcomers may be told instead of finding nobody.</summary>
    /// <param name="deadline">How long to wait for the clients: 0 to 49 days, or Timeout.InfiniteTimeSpan.</param>
    /// <param name="rejectNewcomers">
    /// True: it goes on listening meanwhile, and every association is rejected (2/3/1): peers that know what that means try again later.
    /// False: it stops listening at once, and the port is free for another.
    /// </param>
    /// <returns>A task that ends when the last client has, and its handlers; at the latest five seconds after the deadline.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is out of range; nothing was done.</exception>
    public Task CloseAsync(TimeSpan deadline, bool rejectNewcomers) => CloseAsync(deadline, rejectNewcomers, TimeSpan.Zero);

    /// <summary>As the other overload, for a listener behind a balancer, which wants some time to see that this side is to end.</summary>
    /// <param name="deadline">How long to wait for the clients, after the delay: 0 to 49 days, or Timeout.InfiniteTimeSpan.</param>
    /// <param name="rejectNewcomers">As there, after the delay.</param>
    /// <param name="delay">
    /// How long this side goes on as before, only that <see cref="DicomNetOptions.HealthPort"/> is closed at once: longer than the balancer takes to
    /// notice, so that no association that it could place elsewhere is refused. 0 to 49 days.
    /// </param>
    /// <returns>A task that ends when the last client has, and its handlers; at the latest five seconds after delay and deadline.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The deadline or the delay is out of range; nothing was done.</exception>
    public async Task CloseAsync(TimeSpan deadline, bool rejectNewcomers, TimeSpan delay)
    {
        Validate(deadline, delay);
        var listener = _listener;
        CloseHealth();
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _options.TimeProvider).ConfigureAwait(false);
        }

        if (!TryBeginDrain(listener))
        {
            return;
        }

        try
        {
            await DrainAsync(deadline, rejectNewcomers).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _drains);
        }
    }

    /// <summary>Before anything is done: who has made a mistake goes on as before.</summary>
    private static void Validate(TimeSpan deadline, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, LongestTimer);
        if (deadline != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(deadline, LongestTimer);
        }
    }

    /// <summary>
    /// From here on the object is not used anew. False: it is already; who has closed it in the meantime in another way has had his reasons, and what
    /// listens now is not to be closed.
    /// </summary>
    private bool TryBeginDrain(TransportListener? listener)
    {
        lock (_gate)
        {
            if (_listener != listener)
            {
                return false;
            }

            Interlocked.Increment(ref _drains);
            return true;
        }
    }

    private async Task DrainAsync(TimeSpan deadline, bool rejectNewcomers)
    {
        _isDraining = true;
        if (!rejectNewcomers)
        {
            Close();
        }

        var haveEnded = await EndsWithinAsync(WhenOverAsync(withLatecomers: !rejectNewcomers), deadline).ConfigureAwait(false);
        Close();

        // Who was rejected a moment ago reads that and closes.
        var everybody = WhenOverAsync(withLatecomers: true);
        if (haveEnded && await EndsWithinAsync(everybody, LastPatience).ConfigureAwait(false))
        {
            return;
        }

        foreach (var client in SnapshotOfClients())
        {
            client.Close();
        }

        // A callback of the application that never returns keeps its client, and a handler its association; neither must keep the process.
        if (!await EndsWithinAsync(everybody, LastPatience).ConfigureAwait(false) && GetClientCount() is > 0 and var count)
        {
            FacadeLog.ClientsLeftBehind(_log, LastPatience, count);
        }
    }

    /// <summary>On a client that asks for an association: it comes too late if its listener is to end.</summary>
    /// <returns>How it is rejected for that; null: it is not.</returns>
    private AAssociateRj? RefusalWhileDraining(PeerExchange exchange)
    {
        if (Server is not { _isDraining: true } server)
        {
            return null;
        }

        if (exchange.Place is { } place && server.Door.Refusals.TooLate.Note(place.Host) is > 0 and var count)
        {
            FacadeLog.RejectedWhileDraining(_log, Peer, count);
        }

        return AAssociateRj.TemporaryCongestion;
    }

    private static DicomNetResult RejectedWhileDraining { get; } = new(
        DicomExceptionCode.InvalidState, "The listener is being closed: the association was rejected with temporary congestion (2/3/1).");

    /// <returns>Whether it was rejected for that.</returns>
    internal bool RejectIfDraining(PeerExchange exchange)
    {
        if (RefusalWhileDraining(exchange) is not { } tooLate)
        {
            return false;
        }

        exchange.Port?.Reject(tooLate);
        return true;
    }

    private async Task<bool> EndsWithinAsync(Task emptied, TimeSpan time)
    {
        try
        {
            await emptied.WaitAsync(time, _options.TimeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The clients have ended, and their handlers: what those close at the end of an association is closed when this is.</summary>
    private async Task WhenOverAsync(bool withLatecomers)
    {
        await WhenEmpty(withLatecomers).ConfigureAwait(false);
        await HandlersEnding.WhenOver().ConfigureAwait(false);
    }

    private void TellIfEmpty()
    {
        lock (Clients)
        {
            if (!IsWaitedFor())
            {
                _emptied?.TrySetResult();
            }
        }
    }

    private Task WhenEmpty(bool withLatecomers)
    {
        lock (Clients)
        {
            _waitsForLatecomers = withLatecomers;
            if (!IsWaitedFor())
            {
                return Task.CompletedTask;
            }

            _emptied = _emptied is { Task.IsCompleted: false } waiting
                ? waiting
                : new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }

    // Whoever comes while everybody is rejected must not put off the end.
    private bool IsWaitedFor() => Clients.Exists(client => _waitsForLatecomers || !client._cameTooLate);
}
