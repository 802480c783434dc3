using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net.Associations;

/// <summary>
/// A thread that stays with an association while its peer keeps it busy: it waits for the peer's next bytes itself.
/// </summary>
/// <remarks>
/// <para>Why: a receive that is left to the runtime comes back by way of its socket thread and the pool, two wakings for each message;
/// so it is one (C-ECHO on one core, as a ratio to a C program that does nothing else: 0.69 → 0.91).</para>
/// <para>Rule 1: when the peer pauses for longer than <see cref="Patience"/>, the thread leaves, and the pool serves the association.</para>
/// <para>Rule 2: a callback that takes its time must not make the association deaf: the watch (<see cref="AttentiveThreads"/>) then has
/// the pool receive in this thread's place, and the thread leaves when the callback returns.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The thread disposes of its event when it ends.")]
internal sealed class AttentiveThread(AttentiveThreads group)
{
    /// <summary>
    /// How long a peer may pause: longer than the way to a peer and back within a hospital, and than a disk needs for the next file
    /// (arbitrary).
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    /// <summary>The same while others want the thread: longer than a peer in the same house needs that is at it (arbitrary).</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a thread waits for work before it ends (arbitrary).</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How often it waits for a peer before it thinks of others (arbitrary: a short association is over by then). The pool is better at serving
    /// many long ones: it takes their messages several at a time (C-ECHO, 8 associations on two cores: 0.44 → 0.50).
    /// </summary>
    private const int FairShare = 100;

    [ThreadStatic]
    private static AttentiveThread? t_current;

    private readonly AutoResetEvent _given = new(initialState: false);
    private IThreadPoolWorkItem? _work;
    private ExecutionContext? _clean;
    private bool _hasAttended;
    private ReceivePump? _calling;
    private int _waits;

    // Shared with the watch: the pump whose callbacks run and whose turn to receive is this thread's. Whoever sets it to null has the turn.
    private ReceivePump? _watched;
    private int _calls;
    private int _callsSeen;

    /// <summary>The attentive thread that this code runs on; null on all others.</summary>
    public static AttentiveThread? Current => t_current;

    /// <summary>
    /// Asked by a pump that might wait for its peer here: true once for each piece of work, the first time. What else is started on this thread
    /// is started by a callback, which is no place to wait in.
    /// </summary>
    public bool TryBeginAttending()
    {
        var isFirst = !_hasAttended;
        _hasAttended = true;
        return isFirst;
    }

    /// <summary>How long to wait for the peer this time; null: others want the thread, and this association has had its share.</summary>
    public TimeSpan? NextPatience()
    {
        _waits++;
        return !group.IsWanted ? Patience : _waits <= FairShare ? ShortPatience : null;
    }

    /// <summary>Begins the thread's life: one piece of work after the other, until there has been none for a time.</summary>
    /// <exception cref="OutOfMemoryException">The system allows no further thread.</exception>
    public void Begin() => new Thread(Run) { IsBackground = true, Name = "Dicom.Net association" }.UnsafeStart();

    /// <summary>Gives work to a thread that is free.</summary>
    public void Give(IThreadPoolWorkItem work)
    {
        Volatile.Write(ref _work, work);
        _given.Set();
    }

    /// <summary>Runs the callbacks that wait.</summary>
    /// <param name="pump">Whose callbacks they are.</param>
    /// <param name="receiver">Who runs them.</param>
    /// <param name="hasTurn">Whether the turn to receive is this thread's now; false where the pump pauses.</param>
    /// <returns>
    /// Whether the turn is this thread's afterwards: not where the watch gave it to the pool; also where a callback has ended the pause.
    /// </returns>
    public bool RunCallbacks(ReceivePump pump, IPduReceiver receiver, bool hasTurn)
    {
        _calls++;
        _calling = pump;
        Volatile.Write(ref _watched, hasTurn ? pump : null);
        bool keepsTurn;
        try
        {
            receiver.OnBatchDelivered();
        }
        finally
        {
            _calling = null;
            keepsTurn = Interlocked.Exchange(ref _watched, null) is not null;

            // What a callback left in its ambient values is not for the next, just as on the pool.
            ExecutionContext.Restore(_clean!);
        }

        return keepsTurn;
    }

    /// <summary>Asked when a pump is to start: true where that is a callback's wish, which this thread will see to when it returns.</summary>
    public bool WillStart(ReceivePump pump)
    {
        if (_calling != pump)
        {
            return false;
        }

        Volatile.Write(ref _watched, pump);
        return true;
    }

    /// <summary>Asked by the watch, at intervals: a callback that runs since the last time gives its pump's turn to the pool.</summary>
    public void RelieveIfSlow()
    {
        var calls = Volatile.Read(ref _calls);
        var pump = Volatile.Read(ref _watched);
        if (pump is not null && calls == _callsSeen && Interlocked.CompareExchange(ref _watched, null, pump) == pump)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static pump => pump.Start(), pump, preferLocal: false);
        }

        _callsSeen = calls;
    }

    private void Run()
    {
        using var given = _given;
        t_current = this;
        _clean = ExecutionContext.Capture();
        while (TryGetWork(out var work))
        {
            do
            {
                Do(work);
                work = Uninterrupted(() => group.NextFor(this));
            }
            while (work is not null);
        }
    }

    private void Do(IThreadPoolWorkItem work)
    {
        _waits = 0;
        _hasAttended = false;
        work.Execute();

        // The rest that the pool cleans up after each of its pieces of work.
        ExecutionContext.Restore(_clean!);
        SynchronizationContext.SetSynchronizationContext(null);
        if (Thread.CurrentThread.Priority != ThreadPriority.Normal)
        {
            // To set it takes three system calls, to ask none.
            Thread.CurrentThread.Priority = ThreadPriority.Normal;
        }
    }

    /// <summary>
    /// An interrupt that is meant for a callback, and comes when that has returned, strikes the thread's next wait: it must not end the thread,
    /// and with it the process.
    /// </summary>
    private static T Uninterrupted<T>(Func<T> wait)
    {
        while (true)
        {
            try
            {
                return wait();
            }
            catch (ThreadInterruptedException)
            {
                // Nothing was waited for as yet: once more.
            }
        }
    }

    private bool TryGetWork([NotNullWhen(true)] out IThreadPoolWorkItem? work)
    {
        while (!Uninterrupted(() => _given.WaitOne(IdleTime)))
        {
            if (Uninterrupted(() => group.TryRetire(this)))
            {
                work = null;
                return false;
            }
        }

        work = Interlocked.Exchange(ref _work, null)!;
        return true;
    }
}
