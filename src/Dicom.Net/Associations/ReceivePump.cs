using System.Runtime.CompilerServices;
using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>
/// Turns the bytes of a connection into whole PDUs.
/// </summary>
/// <remarks>
/// <para>Callbacks run on the thread that received, so that a message costs no hop to another one; and a handler at work does not make the
/// association deaf: the next receive is under way *before* its callbacks run, or else an <see cref="AttentiveThread"/> runs them, which
/// is watched.</para>
/// <para>Rule 1: at most one thread is inside the pump. It leaves by handing the turn to a pending receive, to the watch, to whoever
/// calls <see cref="Unpause"/>, or to nobody (the connection has ended).</para>
/// <para>Rule 2: a PDU's header is checked before room is made for its body, and room grows only as bytes arrive.</para>
/// <para>Rule 3: with nothing half-received the buffer goes back to the pool, and an empty receive waits for more.</para>
/// <para>Rule 4: after a fault the framing is lost; what still comes is read and dropped, so that closing does not reset
/// the connection under the A-ABORT just sent.</para>
/// </remarks>
internal sealed partial class ReceivePump
{
    private readonly PduConnection _connection;
    private readonly IPduReceiver _receiver;
    private readonly PeerHearing _hearing;
    private readonly Action _received;
    private readonly ReceiveBuffer _buffer = new();
    private readonly Lock _turn = new();
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receiving;
    private bool _awaitingReadiness;
    private bool _discarding;
    private bool _pauseAsked;
    private bool _paused;

    public ReceivePump(PduConnection connection, IPduReceiver receiver, PeerHearing hearing)
    {
        _connection = connection;
        _receiver = receiver;
        _hearing = hearing;
        _received = OnReceived;
    }

    /// <summary>What to reserve for a first read; a PDU of a peer that keeps to its limit then fits without growing.</summary>
    public int BufferSize
    {
        get => _buffer.Size;
        set => _buffer.Size = value;
    }

    /// <summary>
    /// Inside <see cref="IPduReceiver.OnPdu"/>: where the PDU lies. Whoever wants its bytes for longer becomes a holder of the array.
    /// </summary>
    public RentedArray Array => _buffer.Array;

    /// <summary>Whether it has stopped, and waits for <see cref="Unpause"/>.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_turn)
            {
                return _paused;
            }
        }
    }

    /// <summary>Begins to receive, or goes on after a pause, in this thread.</summary>
    public void Start()
    {
        if (AttentiveThread.Current?.WillStart(this) != true)
        {
            Run(afterReceive: false);
        }
    }

    /// <summary>Deliver nothing more until <see cref="Unpause"/>, but for the PDU that is being delivered, or awaited.</summary>
    public void Pause()
    {
        lock (_turn)
        {
            _pauseAsked = true;
        }
    }

    /// <summary>Inside <see cref="IPduReceiver.OnPausing"/>: stops the pump. False: the pause was taken back, or what comes is dropped.</summary>
    public bool TryPause()
    {
        lock (_turn)
        {
            _paused = _pauseAsked && !_discarding;
            return _paused;
        }
    }

    /// <summary>Takes a pause back. True: the pump had stopped, the turn is the caller's, who must <see cref="Start"/> it again.</summary>
    public bool Unpause()
    {
        lock (_turn)
        {
            var stopped = _paused;
            _pauseAsked = _paused = false;
            return stopped;
        }
    }

    /// <summary>Asked from inside <see cref="IPduReceiver.OnPdu"/>: drop what is buffered and all that still comes.</summary>
    public void Discard() => _discarding = true;

    private void OnReceived() => Run(afterReceive: true);

    private void Run(bool afterReceive)
    {
        try
        {
            if (!afterReceive || Complete())
            {
                Continue();
            }
        }
        catch (Exception error)
        {
            // A fault of ours, on a thread that nobody waits for: it may end this association, never the process.
            _receiver.OnFailure(error);
        }
    }

    /// <summary>Delivers and receives until a receive has to wait; then lets the callbacks run.</summary>
    private void Continue()
    {
        if (AttentiveThread.Current is { } thread && thread.TryBeginAttending()
            && _connection is IImmediateReceiver immediate && !Attend(immediate, thread))
        {
            return;
        }

        while (DeliverBuffered())
        {
            var receive = BeginReceive();
            if (!receive.IsCompleted)
            {
                _receiving = receive;
                _receiver.OnWaiting(partialPdu: _buffer.Count > 0);
                receive.UnsafeOnCompleted(_received);
                break;
            }

            _receiving = receive;
            if (!Complete())
            {
                return;
            }
        }

        _receiver.OnBatchDelivered();
    }

    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter BeginReceive()
    {
        // Before the receive: what it brings is not yet delivered.
        _hearing.NoteWaiting();
        var isReady = _awaitingReadiness;
        if (_buffer.Count == 0 && !isReady)
        {
            _buffer.Release();
        }

        _awaitingReadiness = !isReady && !_buffer.IsHeld;
        var room = _awaitingReadiness ? Memory<byte>.Empty : _buffer.MakeRoom();
#pragma warning disable CA2012 // The awaiter is used once: its continuation, or the loop, takes the result.
        return Receive(room).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
    }

    private ValueTask<int> Receive(Memory<byte> room)
    {
        try
        {
            return _connection.ReceiveAsync(room, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return ValueTask.FromException<int>(error);
        }
    }

    /// <summary>Takes in what a receive brought. False: the connection has ended, and the receiver knows.</summary>
    private bool Complete()
    {
        try
        {
            var count = _receiving.GetResult();
            if (_awaitingReadiness)
            {
                return true;
            }

            _buffer.Add(count);
            if (count > 0)
            {
                return true;
            }

            End(null);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(error);
        }

        return false;
    }

    private void End(Exception? error)
    {
        var midPdu = _buffer.Count > 0;
        _buffer.Release();
        _receiver.OnEnd(error, midPdu && !_discarding);
        _receiver.OnBatchDelivered();
    }

    /// <summary>Delivers every whole PDU in the buffer. False: paused.</summary>
    private bool DeliverBuffered()
    {
        while (!_discarding && _buffer.TryReadHeader(out var header) && _receiver.Accepts(header) && _buffer.TryTake(header, out var pdu))
        {
            _receiver.OnPdu(header, pdu);
            if (Volatile.Read(ref _pauseAsked) && _receiver.OnPausing(this))
            {
                return false;
            }
        }

        if (_discarding)
        {
            _buffer.Drop();
        }

        return true;
    }
}
