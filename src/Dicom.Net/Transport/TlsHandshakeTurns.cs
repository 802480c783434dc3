using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net.Transport;

/// <summary>
/// So many handshakes are computed at a time, the others in the order in which they could go on. A thousand strangers that begin one each
/// then cost those who are in no more than some processor time, and wait for each other.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class TlsHandshakeTurns(int most)
{
    private readonly SemaphoreSlim _free = new(most);

    /// <summary>How many could begin at once.</summary>
    public int Free => _free.CurrentCount;

    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void GiveBack() => _free.Release();
}
