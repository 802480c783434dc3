using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net.Associations;

/// <summary>
/// So many <see cref="AttentiveThread"/>s at most, made when they are needed. An association that finds none free for a while is served by
/// the pool.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process, like its watch.")]
internal sealed class AttentiveThreads(int most, TimeSpan? watchInterval = null)
{
    /// <summary>A callback that runs for longer than one or two of these has somebody else receive meanwhile (arbitrary).</summary>
    private readonly TimeSpan _watchInterval = watchInterval ?? TimeSpan.FromMilliseconds(10);

    /// <summary>More would not get their turn before the pool could serve them (arbitrary).</summary>
    private const int MostWaiting = 64;

    private readonly Lock _gate = new();
    private readonly List<AttentiveThread> _all = [];
    private readonly List<AttentiveThread> _free = [];
    private readonly AutoResetEvent _someAreBusy = new(initialState: false);
    private bool _watchSleeps;
    private Thread? _watch;

    // Work that found no thread free, and how much of it the watch has already seen there.
    private readonly Queue<IThreadPoolWorkItem> _waiting = [];
    private int _overdue;
    private volatile bool _isWanted;

    /// <summary>
    /// The process's: four for each processor, since most of them wait for their peers (with 8 associations at a time on two processors,
    /// 8 threads were best).
    /// </summary>
    public static AttentiveThreads Shared { get; } = new(4 * Environment.ProcessorCount);

    /// <summary>Whether work waits for a thread.</summary>
    public bool IsWanted => _isWanted;

    /// <summary>
    /// Runs the work on an attentive thread if one is free or becomes free in the next moment, else on the pool. A short association is over
    /// sooner than the pool and the runtime's socket thread would have begun with it.
    /// </summary>
    public void Run(IThreadPoolWorkItem work)
    {
        if (TakeOneOrWait(work, out var thread))
        {
            thread?.Give(work);
        }
        else
        {
            RunOnPool(work);
        }
    }

    /// <summary>The thread has done its work: what it is to do next, or null where there is nothing, and it is free.</summary>
    public IThreadPoolWorkItem? NextFor(AttentiveThread thread)
    {
        lock (_gate)
        {
            if (TryDequeue(out var work))
            {
                return work;
            }

            _free.Add(thread);
            return null;
        }
    }

    /// <summary>The thread wants to end. False: it was taken at this very moment, and work is on its way.</summary>
    public bool TryRetire(AttentiveThread thread)
    {
        lock (_gate)
        {
            return _free.Remove(thread) && _all.Remove(thread);
        }
    }

    private static void RunOnPool(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    /// <summary>False: the pool has to do it. True without a thread: it waits for one.</summary>
    private bool TakeOneOrWait(IThreadPoolWorkItem work, out AttentiveThread? thread)
    {
        lock (_gate)
        {
            try
            {
                WakeWatch();
                thread = TakeFree() ?? TryMake();
            }
            catch (OutOfMemoryException)
            {
                // So .NET calls a system that allows no further thread: the pool has some.
                thread = null;
                return false;
            }

            if (thread is null && _waiting.Count < MostWaiting)
            {
                _waiting.Enqueue(work);
                _isWanted = true;
                return true;
            }

            return thread is not null;
        }
    }

    private bool TryDequeue([NotNullWhen(true)] out IThreadPoolWorkItem? work)
    {
        var dequeued = _waiting.TryDequeue(out work);
        _overdue = Math.Max(0, _overdue - 1);
        _isWanted = _waiting.Count > 0;
        return dequeued;
    }

    private AttentiveThread? TakeFree()
    {
        if (_free.Count == 0)
        {
            return null;
        }

        // The last to become free: its memory is still in the processor's cache.
        var last = _free[^1];
        _free.RemoveAt(_free.Count - 1);
        return last;
    }

    private AttentiveThread? TryMake()
    {
        if (_all.Count == most)
        {
            return null;
        }

        var thread = new AttentiveThread(this);
        thread.Begin();
        _all.Add(thread);
        return thread;
    }

    private void WakeWatch()
    {
        if (_watch is null)
        {
            var watch = new Thread(LookAfterThem) { IsBackground = true, Name = "Dicom.Net watch" };
            watch.UnsafeStart();
            _watch = watch;
        }
        else if (_watchSleeps)
        {
            _watchSleeps = false;
            _someAreBusy.Set();
        }
    }

    // A thread and not a timer: one that fires a hundred times a second keeps waking the pool, whose threads then spin for more work
    // (C-ECHO on one core: a quarter of the rate). Nor is this a time limit of the protocol, to run on a TimeProvider.
    private void LookAfterThem()
    {
        while (true)
        {
            Thread.Sleep(_watchInterval);
            lock (_gate)
            {
                _all.ForEach(thread => thread.RelieveIfSlow());
                PassOverdueToPool();
                _watchSleeps = _free.Count == _all.Count;
            }

            if (_watchSleeps)
            {
                _someAreBusy.WaitOne();
            }
        }
    }

    /// <summary>Work waits for one to two intervals of the watch, and no longer.</summary>
    private void PassOverdueToPool()
    {
        while (_overdue > 0 && TryDequeue(out var work))
        {
            RunOnPool(work);
        }

        _overdue = _waiting.Count;
    }
}
