using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net.Associations;

/// <summary>
/// So many <see cref="AttentiveThread"/>s at most, made when they are needed. An association that finds none free is served by the pool.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process, like its watch.")]
internal sealed class AttentiveThreads(int most)
{
    /// <summary>A callback that runs for longer than one or two of these has somebody else receive meanwhile (arbitrary).</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly List<AttentiveThread> _all = [];
    private readonly List<AttentiveThread> _free = [];
    private readonly AutoResetEvent _someAreBusy = new(initialState: false);
    private bool _watchSleeps;
    private Thread? _watch;
    private int _refusals;

    /// <summary>The process's: one for each processor.</summary>
    public static AttentiveThreads Shared { get; } = new(Environment.ProcessorCount);

    /// <summary>How often an association has found no thread free.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>Runs the work on an attentive thread if one is free, else on the pool.</summary>
    public void Run(IThreadPoolWorkItem work)
    {
        if (TakeOne() is { } thread)
        {
            thread.Give(work);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>The thread has done its work and is free.</summary>
    public void TakeBack(AttentiveThread thread)
    {
        lock (_gate)
        {
            _free.Add(thread);
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

    private AttentiveThread? TakeOne()
    {
        lock (_gate)
        {
            if (_free.Count == 0 && _all.Count == most)
            {
                _refusals++;
                return null;
            }

            WakeWatch();
            if (_free.Count > 0)
            {
                // The last to become free: its memory is still in the processor's cache.
                var last = _free[^1];
                _free.RemoveAt(_free.Count - 1);
                return last;
            }

            var thread = new AttentiveThread(this);
            _all.Add(thread);
            thread.Begin();
            return thread;
        }
    }

    private void WakeWatch()
    {
        if (_watch is null)
        {
            _watch = new Thread(LookAfterThem) { IsBackground = true, Name = "Dicom.Net watch" };
            _watch.UnsafeStart();
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
            Thread.Sleep(WatchInterval);
            lock (_gate)
            {
                _all.ForEach(thread => thread.RelieveIfSlow());
                _watchSleeps = _free.Count == _all.Count;
            }

            if (_watchSleeps)
            {
                _someAreBusy.WaitOne();
            }
        }
    }
}
