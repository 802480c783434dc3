using System.Diagnostics;

namespace Dicom.Net.Fuzz.Running;

/// <summary>One thread of a run, and the input it is at.</summary>
internal sealed class FuzzWorker
{
    private readonly FuzzRun _run;
    private readonly Thread _thread;
    private long _index;
    private long _since = Stopwatch.GetTimestamp();

    public FuzzWorker(FuzzRun run)
    {
        _run = run;
        _thread = new(Work) { IsBackground = true, Name = "fuzz" };
    }

    /// <summary>The input that it is at, or was last.</summary>
    public long Index => Volatile.Read(ref _index);

    public void Start() => _thread.Start();

    /// <summary>Waits for the end. False: one input takes longer than it may, and the thread is left to itself.</summary>
    public bool Await(TimeSpan longestTry)
    {
        while (!_thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _since)) > longestTry)
            {
                return false;
            }
        }

        return true;
    }

    private void Work()
    {
        for (var index = -1; index >= -FuzzRun.WarmUp; index--)
        {
            Begin(index);
            _run.Prepare(index);
        }

        while (_run.TakeShare() is { } share)
        {
            long taken = 0, slowest = 0;
            for (var index = share.From; index < share.To; index++)
            {
                Begin(index);
                taken += _run.Try(index) ? 1 : 0;
                slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - _since);
            }

            _run.Count(share.To - share.From, taken, Stopwatch.GetElapsedTime(0, slowest));
        }
    }

    private void Begin(long index)
    {
        Volatile.Write(ref _index, index);
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }
}
