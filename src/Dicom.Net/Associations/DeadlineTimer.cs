using System.Runtime.CompilerServices;
using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>The time limits of an association.</summary>
internal enum Deadline
{
    /// <summary>The standard's own (PS3.8 §9.1.5).</summary>
    Artim,

    /// <summary>For the peer to send what it owes.</summary>
    Receive,

    /// <summary>For the peer to read what it is sent.</summary>
    Send,

    /// <summary>For the peer to end a message.</summary>
    Message,

    /// <summary>For either side to say anything at all.</summary>
    Idle,
}

/// <summary>
/// Time limits that are set and lifted far more often than they are reached, on one timer of the system's.
/// </summary>
/// <remarks>
/// Moving a deadline only stores a number: the system's timer is left where it is and, when it fires too early, is set again
/// to what remains. So a limit may be moved at every received PDU and costs nothing that a profile shows.
/// What the peer has sent within a limit is heard before the limit has expired (<see cref="PeerHearing"/>).
/// </remarks>
internal sealed class DeadlineTimer : IDisposable
{
    private const long None = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly PeerHearing _hearing;
    private readonly Action<Deadline> _expired;
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Deadlines _deadlines;
    private Deadlines _sentInTime;
    private long _scheduled = None;
    private bool _disposed;

    public DeadlineTimer(TimeProvider time, PeerHearing hearing, Action<Deadline> expired)
    {
        _time = time;
        _hearing = hearing;
        _expired = expired;
        All.Fill(None);
    }

    private Span<long> All => _deadlines;

    public void Start(Deadline deadline, TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            Stop(deadline);
            return;
        }

        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _sentInTime[(int)deadline] = 0;
            Set(deadline, limit);
        }
    }

    public void Stop(Deadline deadline)
    {
        lock (_gate)
        {
            All[(int)deadline] = None;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            All.Fill(None);
            _timer?.Dispose();
        }
    }

    private void Set(Deadline deadline, TimeSpan limit)
    {
        var due = _time.GetTimestamp() + (long)(limit.TotalSeconds * _time.TimestampFrequency);
        All[(int)deadline] = due;
        if (due < _scheduled)
        {
            Schedule(due, limit);
        }
    }

    private void Schedule(long due, TimeSpan wait)
    {
        _scheduled = due;
        if (_timer is null)
        {
            using var flow = CallerContext.Leave();
            _timer = _time.CreateTimer(static self => ((DeadlineTimer)self!).Fire(), this, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            _scheduled = None;
        }

        while (TakeExpired() is { } deadline)
        {
            _expired(deadline);
        }
    }

    /// <summary>The earliest deadline if it has expired, lifted; else null, and the timer runs to the earliest.</summary>
    private Deadline? TakeExpired()
    {
        lock (_gate)
        {
            while (true)
            {
                var (deadline, due) = FindEarliest();
                var remaining = due - _time.GetTimestamp();
                if (remaining > 0)
                {
                    ScheduleEarliest(due, remaining);
                    return null;
                }

                All[(int)deadline] = None;
                if (deadline == Deadline.Send || _hearing.HasHeard(ref _sentInTime[(int)deadline]))
                {
                    return deadline;
                }

                Set(deadline, PeerHearing.Grace);
            }
        }
    }

    private (Deadline Deadline, long Due) FindEarliest()
    {
        var earliest = 0;
        for (var i = 1; i < All.Length; i++)
        {
            if (All[i] < All[earliest])
            {
                earliest = i;
            }
        }

        return ((Deadline)earliest, All[earliest]);
    }

    private void ScheduleEarliest(long due, long remaining)
    {
        if (due < _scheduled)
        {
            // Timers count in milliseconds: rounding up spares a second, useless firing.
            Schedule(due, TimeSpan.FromMilliseconds(Math.Ceiling(remaining * 1000.0 / _time.TimestampFrequency)));
        }
    }

    [InlineArray((int)Deadline.Idle + 1)]
    private struct Deadlines
    {
        private long _first;
    }
}
