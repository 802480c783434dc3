using System.Diagnostics;

namespace Dicom.Net.Fuzz.Running;

/// <summary>Tries one target with many inputs, on several threads, and keeps what was found.</summary>
internal sealed class FuzzRun(IFuzzTarget target, FuzzSettings settings)
{
    /// <summary>How many indices a worker takes at once (arbitrary).</summary>
    private const int Share = 64;

    /// <summary>As many findings of one run are enough to work on.</summary>
    private const int MostFindings = 10;

    /// <summary>
    /// No input takes a hundredth of this, the first ones with code to compile neither. Longer than an input's own waits for threads of the
    /// pool, so that these tell what they waited for. Only what hangs takes it.
    /// </summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<FuzzReport> _findings = [];
    private readonly Stopwatch _clock = new();
    private long _next = settings.First;
    private long _tried;
    private long _taken;
    private TimeSpan _slowest;

    /// <summary>What is made once, and would count against the memory of the first inputs, is made by so many inputs before (arbitrary).</summary>
    public const int WarmUp = 500;

    /// <summary>Runs to the end.</summary>
    public FuzzResult Run()
    {
        _clock.Start();
        var workers = Enumerable.Range(0, settings.Workers).Select(_ => new FuzzWorker(this)).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        foreach (var worker in workers)
        {
            if (!worker.Await(LongestTry))
            {
                Report(new(target.Name, settings.Seed, worker.Index, [], [], $"Not done after {LongestTry.TotalSeconds} s."));
            }
        }

        lock (_gate)
        {
            return new(target.Name, settings.Seed, _tried, _taken, _clock.Elapsed, _slowest, [.. _findings]);
        }
    }

    /// <summary>Tries an input that does not count: what it may find too much of is made once, and not by those that do.</summary>
    public void Prepare(long index)
    {
        try
        {
            target.Try(new(settings.Seed, index), new());
        }
        catch (FuzzFinding)
        {
            // Whatever else it may be, one of those that count will be it, too.
        }
        catch (Exception error)
        {
            Report(Replay(index, error));
        }
    }

    /// <summary>The next share of the indices; null: enough.</summary>
    public (long From, long To)? TakeShare()
    {
        lock (_gate)
        {
            var isOver = settings.Time is { } time && _clock.Elapsed >= time;
            var end = settings.Inputs is { } inputs ? settings.First + inputs : long.MaxValue;
            if (isOver || _next >= end || _findings.Count >= MostFindings)
            {
                return null;
            }

            var from = _next;
            _next = Math.Min(from + Share, end);
            return (from, _next);
        }
    }

    /// <summary>Tries one input. True: it was taken for what it pretends to be.</summary>
    public bool Try(long index)
    {
        var fuzzCase = new FuzzCase();
        try
        {
            target.Try(new(settings.Seed, index), fuzzCase);
        }
        catch (Exception error)
        {
            Report(Replay(index, error));
        }

        return fuzzCase.IsTaken;
    }

    public void Count(long tried, long taken, TimeSpan slowest)
    {
        lock (_gate)
        {
            _tried += tried;
            _taken += taken;
            _slowest = slowest > _slowest ? slowest : _slowest;
        }
    }

    /// <summary>Plays a finding again, with its story.</summary>
    private FuzzReport Replay(long index, Exception first)
    {
        var fuzzCase = new FuzzCase { IsTold = true };
        var again = "It did not come again when it was played again. ";
        try
        {
            target.Try(new(settings.Seed, index), fuzzCase);
        }
        catch (Exception)
        {
            again = "";
        }

        return new(target.Name, settings.Seed, index, fuzzCase.Input, fuzzCase.Story, again + first);
    }

    private void Report(FuzzReport report)
    {
        lock (_gate)
        {
            if (_findings.Count < MostFindings)
            {
                _findings.Add(report);
            }
        }
    }
}
