namespace Dicom.Net.Associations;

/// <summary>
/// A time limit that is set and lifted far more often than it is reached.
/// </summary>
/// <remarks>
/// Moving a deadline only stores a number: the system's timer is left where it is and, when it fires too early, is set again
/// to what remains. So a limit may be moved at every received PDU and costs nothing that a profile shows.
/// </remarks>
internal sealed class DeadlineTimer(TimeProvider time, Action expired) : IDisposable
{
    private const long None = long.MaxValue;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _deadline = None;
    private long _scheduled = None;
    private bool _disposed;

    public void Start(TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            Stop();
            return;
        }

        lock (_gate)
        {
            _deadline = time.GetTimestamp() + ToTicks(limit);
            if (_deadline < _scheduled && !_disposed)
            {
                Schedule(limit);
            }
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _deadline = None;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _deadline = None;
            _timer?.Dispose();
        }
    }

    private void Schedule(TimeSpan due)
    {
        _scheduled = time.GetTimestamp() + ToTicks(due);
        if (_timer is null)
        {
            // The timer outlives the call that made it: it must not hold that call's execution context alive.
            using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            _timer = time.CreateTimer(static self => ((DeadlineTimer)self!).Fire(), this, due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            _scheduled = None;
            if (_disposed || _deadline == None)
            {
                return;
            }

            var remaining = _deadline - time.GetTimestamp();
            if (remaining > 0)
            {
                // Timers count in milliseconds: rounding up spares a second, useless firing.
                Schedule(TimeSpan.FromMilliseconds(Math.Ceiling(remaining * 1000.0 / time.TimestampFrequency)));
                return;
            }

            _deadline = None;
        }

        expired();
    }

    private long ToTicks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
