namespace Dicom.Net.Associations;

/// <summary>
/// The process's <see cref="AttentiveThread"/>s: at most as many as it has processors, made when they are needed. An association that
/// finds none free is served by the pool.
/// </summary>
internal static class AttentiveThreads
{
    /// <summary>A callback that runs for longer than one or two of these has somebody else receive meanwhile (arbitrary).</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(10);

    private static readonly int Most = int.Parse(Environment.GetEnvironmentVariable("DN_MOST") ?? "2");
    private static readonly Lock Gate = new();
    private static readonly List<AttentiveThread> All = [];
    private static readonly List<AttentiveThread> Free = [];

    private static readonly AutoResetEvent SomeAreBusy = new(initialState: false);
    private static bool s_watchSleeps;
    private static Thread? s_watch;

    /// <summary>Runs the work on an attentive thread if one is free, else on the pool.</summary>
    public static void Run(IThreadPoolWorkItem work)
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
    public static void TakeBack(AttentiveThread thread)
    {
        lock (Gate)
        {
            Free.Add(thread);
        }
    }

    /// <summary>The thread wants to end. False: it was taken at this very moment, and work is on its way.</summary>
    public static bool TryRetire(AttentiveThread thread)
    {
        lock (Gate)
        {
            return Free.Remove(thread) && All.Remove(thread);
        }
    }

    private static AttentiveThread? TakeOne()
    {
        lock (Gate)
        {
            if (Free.Count == 0 && All.Count == Most)
            {
                return null;
            }

            WakeWatch();
            if (Free.Count > 0)
            {
                // The last to become free: its memory is still in the processor's cache.
                var last = Free[^1];
                Free.RemoveAt(Free.Count - 1);
                return last;
            }

            var thread = new AttentiveThread();
            All.Add(thread);
            thread.Begin();
            return thread;
        }
    }

    private static void WakeWatch()
    {
        if (s_watch is null)
        {
            s_watch = new Thread(LookAfterThem) { IsBackground = true, Name = "Dicom.Net watch" };
            s_watch.UnsafeStart();
        }
        else if (s_watchSleeps)
        {
            s_watchSleeps = false;
            SomeAreBusy.Set();
        }
    }

    // A thread and not a timer: one that fires a hundred times a second keeps waking the pool, whose threads then spin for more work
    // (C-ECHO on one core: a quarter of the rate). Nor is this a time limit of the protocol, to run on a TimeProvider.
    private static void LookAfterThem()
    {
        while (true)
        {
            Thread.Sleep(WatchInterval);
            lock (Gate)
            {
                All.ForEach(thread => thread.RelieveIfSlow());
                s_watchSleeps = Free.Count == All.Count;
            }

            if (s_watchSleeps)
            {
                SomeAreBusy.WaitOne();
            }
        }
    }
}
