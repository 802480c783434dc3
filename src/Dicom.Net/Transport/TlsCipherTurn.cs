using System.Diagnostics;

namespace Dicom.Net.Transport;

/// <summary>
/// One user of a connection's cipher at a time. .NET sees to it that what is sent and what is received do not meet there, but not that
/// close_notify keeps away from what is received; OpenSSL wants both.
/// </summary>
/// <remarks>
/// The turn is held while bytes are deciphered, never while they are waited for: some microseconds. So whoever wants it may spin. The exception
/// is what a TLS library sends of itself in the midst of receiving, a KeyUpdate say (RFC 8446 §4.6.3): a peer that does not read makes it wait,
/// which whoever holds the turn tells by <see cref="AwaitPeer"/>. It may be taken on one thread and yielded on another, which no lock allows.
/// </remarks>
internal sealed class TlsCipherTurn
{
    /// <summary>Longer than deciphering takes on a machine that has other things to do. Arbitrary.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _taken;
    private volatile bool _awaitsPeer;

    public void Take()
    {
        var spin = default(SpinWait);
        while (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            spin.SpinOnce();
        }
    }

    /// <summary>
    /// As <see cref="Take"/>, but not while the turn's holder waits for the peer, nor for longer than two seconds: for whoever must come to an
    /// end, and can do without.
    /// </summary>
    public bool TryTake()
    {
        var spin = default(SpinWait);
        var begun = Stopwatch.GetTimestamp();
        while (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            if (_awaitsPeer || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                return false;
            }

            spin.SpinOnce();
        }

        return true;
    }

    /// <summary>The holder keeps the turn, and waits for the peer: for how long, only that knows.</summary>
    public void AwaitPeer() => _awaitsPeer = true;

    public void Yield()
    {
        _awaitsPeer = false;
        Volatile.Write(ref _taken, 0);
    }
}
