namespace Dicom.Net.Transport;

/// <summary>
/// The turn of one handshake among <see cref="TlsHandshakeTurns"/>: it is held while something is computed, not while the peer or the
/// application is waited for. So who keeps silent, does not read, or thinks it over, holds up nobody.
/// </summary>
/// <param name="turns">All turns; null: everybody may begin at once.</param>
/// <param name="hearing">Learns when the peer is waited for: what waits for its turn was sent in time.</param>
internal sealed class TlsHandshakeTurn(TlsHandshakeTurns? turns, PeerHearing hearing)
{
    private bool _isTaken;

    public void BeginWaiting()
    {
        hearing.NoteWaiting();
        Yield();
    }

    /// <summary>Something has come; waits for the turn.</summary>
    public async ValueTask EndWaitingAsync(CancellationToken cancellationToken)
    {
        if (turns is not null)
        {
            await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
            _isTaken = true;
        }
    }

    /// <summary>Gives the turn back, if it is held; it is taken again after the next wait.</summary>
    public void Yield()
    {
        if (_isTaken)
        {
            _isTaken = false;
            turns!.GiveBack();
        }
    }
}
