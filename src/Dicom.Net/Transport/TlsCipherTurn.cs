namespace Dicom.Net.Transport;

/// <summary>
/// One user of a connection's cipher at a time. .NET sees to it that what is sent and what is received do not meet there, but not that
/// close_notify keeps away from what is received; OpenSSL wants both.
/// </summary>
/// <remarks>
/// The turn is held while bytes are deciphered, never while they are waited for: some microseconds. So whoever wants it may spin. It may be
/// taken on one thread and yielded on another, which no lock allows.
/// </remarks>
internal sealed class TlsCipherTurn
{
    private int _taken;

    public void Take()
    {
        var spin = default(SpinWait);
        while (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            spin.SpinOnce();
        }
    }

    public void Yield() => Volatile.Write(ref _taken, 0);
}
