using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>Receiving on an <see cref="AttentiveThread"/>, which waits for the peer itself.</summary>
internal sealed partial class ReceivePump
{
    private bool _mayHaveLeftSome;
    private bool _ended;
    private IOException? _endedBy;

    /// <summary>
    /// Waits for the peer on this thread as long as it keeps it busy. False: the turn is another's, or the connection has ended.
    /// </summary>
    private bool Attend(IImmediateReceiver connection, AttentiveThread thread)
    {
        while (!_ended)
        {
            if (!DeliverBuffered())
            {
                if (!thread.RunCallbacks(this, _receiver, hasTurn: false))
                {
                    return false;
                }
            }
            else if (!TryReceiveMore(connection))
            {
                TellWaiting();
                if (!thread.RunCallbacks(this, _receiver, hasTurn: true))
                {
                    return false;
                }

                if (thread.NextPatience() is not { } patience || !TryReceive(connection, patience))
                {
                    return true;
                }
            }
        }

        End(_endedBy);
        return false;
    }

    /// <summary>A receive that fills its room has probably left something; after another, to ask is a system call in vain.</summary>
    private bool TryReceiveMore(IImmediateReceiver connection) => _mayHaveLeftSome && TryReceive(connection, TimeSpan.Zero);

    /// <summary>True: something has come, or the connection has ended.</summary>
    private bool TryReceive(IImmediateReceiver connection, TimeSpan patience)
    {
        try
        {
            _mayHaveLeftSome = false;
            if (patience > TimeSpan.Zero && !connection.WaitUntilReadable(patience))
            {
                return false;
            }

            var room = _buffer.MakeRoom();
            if (!connection.TryReceive(room.Span, out var count))
            {
                return false;
            }

            _buffer.Add(count);
            _mayHaveLeftSome = count == room.Length;
            _ended = count == 0;
        }
        catch (IOException error)
        {
            _ended = true;
            _endedBy = error;
        }

        return true;
    }

    private void TellWaiting()
    {
        _hearing.NoteWaiting();
        _receiver.OnWaiting(partialPdu: _buffer.Count > 0);
        if (_buffer.Count == 0)
        {
            _buffer.Release();
        }
    }
}
