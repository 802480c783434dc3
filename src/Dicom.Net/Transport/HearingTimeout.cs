namespace Dicom.Net.Transport;

/// <summary>A token that is cancelled when a time limit has passed, and what the peer had sent by then was heard.</summary>
internal sealed class HearingTimeout : IDisposable
{
    private readonly CancellationTokenSource _late = new();
    private readonly PeerHearing _hearing;
    private readonly ITimer _timer;
    private long _sentInTime;

    public HearingTimeout(TimeSpan limit, PeerHearing hearing, TimeProvider time)
    {
        _hearing = hearing;
        _timer = time.CreateTimer(static self => ((HearingTimeout)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(limit, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _late.Token;

    public void Dispose()
    {
        _timer.Dispose();
        _late.Dispose();
    }

    private void Look()
    {
        if (!_hearing.HasHeard(ref _sentInTime))
        {
            _timer.Change(PeerHearing.Grace, Timeout.InfiniteTimeSpan);
            return;
        }

        try
        {
            _late.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was done at this very moment.
        }
    }
}
