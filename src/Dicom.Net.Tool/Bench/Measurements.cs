namespace Dicom.Net.Tool.Bench;

/// <summary>The times of operations, and what went wrong.</summary>
internal sealed class Measurements
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _times = [];
    private long _failed;
    private Exception? _error;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _times.Count;
            }
        }
    }

    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>The first exception that ended an association.</summary>
    public Exception? Error => _error;

    public void Add(TimeSpan time)
    {
        lock (_gate)
        {
            _times.Add(time);
        }
    }

    public void AddFailure(Exception? error = null)
    {
        Interlocked.Increment(ref _failed);
        Interlocked.CompareExchange(ref _error, error, null);
    }

    /// <summary>So many of a hundred operations took no longer (nearest rank).</summary>
    /// <param name="percents">The percentages, rising.</param>
    public TimeSpan[] Percentiles(params double[] percents)
    {
        lock (_gate)
        {
            _times.Sort();
            return _times.Count == 0
                ? new TimeSpan[percents.Length]
                : [.. percents.Select(percent => _times[Math.Max(0, (int)Math.Ceiling(percent / 100 * _times.Count) - 1)])];
        }
    }
}
