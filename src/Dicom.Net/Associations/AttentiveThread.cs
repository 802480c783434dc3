using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net.Associations;

/// <summary>
/// A thread that stays with an association while its peer keeps it busy: it waits for the peer's next bytes itself.
/// </summary>
/// <remarks>
/// <para>Why: a receive that is left to the runtime comes back by way of its socket thread and the pool, two wakings for each message;
/// so it is one (C-ECHO on one core, as a ratio to a C program that does nothing else: 0.70 → MEASURED).</para>
/// <para>Rule 1: when the peer pauses for longer than <see cref="Patience"/>, the thread leaves, and the pool serves the association.</para>
/// <para>Rule 2: a callback that takes its time must not make the association deaf: the watch (<see cref="AttentiveThreads"/>) then has
/// the pool receive in this thread's place, and the thread leaves when the callback returns.</para>
/// </remarks>
internal sealed class AttentiveThread
{
    /// <summary>
    /// How long a peer may pause: longer than the way to a peer and back within a hospital, and than a disk needs for the next file
    /// (arbitrary).
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a thread waits for work before it ends (arbitrary).</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);

    [ThreadStatic]
    private static AttentiveThread? t_current;

    private readonly object _handover = new();
    private IThreadPoolWorkItem? _work;
    private ReceivePump? _calling;

    // Shared with the watch: the pump whose callbacks run and whose turn to receive is this thread's. Whoever sets it to null has the turn.
    private ReceivePump? _watched;
    private int _calls;
    private int _callsSeen;

    /// <summary>The attentive thread that this code runs on; null on all others.</summary>
    public static AttentiveThread? Current => t_current;

    /// <summary>False inside a callback: that is no place to wait for another association's peer.</summary>
    public bool MayAttend => _calling is null;

    /// <summary>Begins the thread's life: one piece of work after the other, until there has been none for a time.</summary>
    public void Begin() => new Thread(Run) { IsBackground = true, Name = "Dicom.Net association" }.UnsafeStart();

    /// <summary>Gives work to a thread that is free.</summary>
    public void Give(IThreadPoolWorkItem work)
    {
        lock (_handover)
        {
            _work = work;
            Monitor.Pulse(_handover);
        }
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
        try
        {
            receiver.OnBatchDelivered();
        }
        finally
        {
            _calling = null;
        }

        return Interlocked.Exchange(ref _watched, null) is not null;
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
        t_current = this;
        var clean = ExecutionContext.Capture()!;
        while (TryGetWork(out var work))
        {
            work.Execute();

            // What a callback of one association left in its ambient values is not for the next.
            ExecutionContext.Restore(clean);
            AttentiveThreads.TakeBack(this);
        }
    }

    private bool TryGetWork([NotNullWhen(true)] out IThreadPoolWorkItem? work)
    {
        lock (_handover)
        {
            while (_work is null)
            {
                if (!Monitor.Wait(_handover, IdleTime) && AttentiveThreads.TryRetire(this))
                {
                    break;
                }
            }

            work = _work;
            _work = null;
            return work is not null;
        }
    }
}
