namespace Dicom.Net.Transport;

/// <summary>
/// One user of a connection's cipher at a time. .NET sees to it that what is sent and what is received do not meet there, but not that
/// close_notify keeps away from what is received; OpenSSL wants both.
/// </summary>
/// <remarks>
/// The turn is held while bytes are deciphered, never while they are waited for: some microseconds. So whoever wants it may spin. The exception
/// is what a TLS library sends of itself in the midst of receiving, a KeyUpdate say (RFC 8446 §4.6.3): a peer that does not read makes it wait.
/// It may be taken on one thread and yielded on another, which no lock allows.
/// </remarks>
internal sealed class TlsCipherTurn
{
    /// <summary>Past the first ones each is a millisecond or a time slice: longer than deciphering takes on a busy machine. Arbitrary.</summary>
    private const int PatientSpins = 100;

    private int _taken;

    public void Take()
    {
        var spin = default(SpinWait);
        while (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            spin.SpinOnce();
        }
    }

    /// <summary>As <see cref="Take"/>, for some tenths of a second at most: for whoever must come to an end, and can do without.</summary>
    public bool TryTake()
    {
        var spin = default(SpinWait);
        while (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            if (spin.Count == PatientSpins)
            {
                return false;
            }

            spin.SpinOnce();
        }

        return true;
    }

    public void Yield() => Volatile.Write(ref _taken, 0);
}
