namespace Dicom.Net.Transport;

/// <summary>
/// What a peer has sent in time is heard before the peer is called late. Where a machine has no thread to spare, time limits pass while bytes
/// wait in the system's buffers: to cut their sender would be to punish it for what is this side's fault.
/// </summary>
/// <remarks>
/// It buys nobody time: it ends as soon as this side has looked at what had come when the limit passed, and how long that takes is not for the
/// peer to say. What comes later counts for nothing, nor does what is not whole: a record of TLS that never ends is heard when it is waited for.
/// </remarks>
internal sealed class PeerHearing(PduConnection connection)
{
    private readonly IReceiveProgress? _progress = connection as IReceiveProgress;
    private long _heard;
    private volatile bool _isOver;

    /// <summary>How long until one looks again. Arbitrary: about as often as a pool that is short of threads gets one more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>All that was received has been looked at; now it is for the peer to send more.</summary>
    public void NoteWaiting()
    {
        if (_progress is not null)
        {
            Volatile.Write(ref _heard, _progress.Received);
        }
    }

    /// <summary>Whatever the peer still sends, nobody wants to know it.</summary>
    public void End() => _isOver = true;

    /// <summary>Asked when a time limit has passed.</summary>
    /// <param name="sentInTime">
    /// What the peer had sent when the limit passed, counted from the connection's beginning: 0 at the first question, kept for the next one.
    /// </param>
    /// <returns>True: the peer is late. False: some of that is still to be looked at; ask again after <see cref="Grace"/>.</returns>
    public bool HasHeard(ref long sentInTime)
    {
        if (_progress is null || _isOver)
        {
            return true;
        }

        if (sentInTime == 0)
        {
            sentInTime = _progress.CountCome();
        }

        return Math.Max(Volatile.Read(ref _heard), _progress.LookedAt) >= sentInTime;
    }
}
