using System.Buffers;
using System.Runtime.CompilerServices;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>
/// Turns the bytes of a connection into whole PDUs.
/// </summary>
/// <remarks>
/// <para>The next receive is under way *before* the callbacks of the last one run, so that a handler at work does not make the
/// association deaf; and those callbacks run on this very thread, so that a message costs no hop to another one.</para>
/// <para>Rule 1: at most one thread is inside the pump. It leaves by handing the turn to a pending receive, to whoever calls
/// <see cref="Unpause"/>, or to nobody (the connection has ended).</para>
/// <para>Rule 2: a PDU's header is checked before room is made for its body, and room grows only as bytes arrive.</para>
/// <para>Rule 3: with nothing half-received the buffer goes back to the pool, and an empty receive waits for more.</para>
/// <para>Rule 4: after a fault the framing is lost; what still comes is read and dropped, so that closing does not reset
/// the connection under the A-ABORT just sent.</para>
/// </remarks>
internal sealed class ReceivePump
{
    /// <summary>Above this, moving the bytes of a PDU costs more than another system call: about 3 µs (measured).</summary>
    private const int LargePdu = 32 * 1024;

    private readonly PduConnection _connection;
    private readonly IPduReceiver _receiver;
    private readonly Action _received;
    private readonly Lock _turn = new();
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receiving;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _awaitingReadiness;
    private bool _discarding;
    private bool _pauseAsked;
    private bool _paused;

    public ReceivePump(PduConnection connection, IPduReceiver receiver)
    {
        _connection = connection;
        _receiver = receiver;
        _received = OnReceived;
    }

    /// <summary>What to reserve for a first read; a PDU of a peer that keeps to its limit then fits without growing.</summary>
    public int BufferSize { get; set; } = 4096;

    private int Buffered => _end - _start;

    /// <summary>Begins to receive, or goes on after a pause, in this thread.</summary>
    public void Start() => Run(afterReceive: false);

    /// <summary>Deliver nothing more until <see cref="Unpause"/>, but for the PDU that is being delivered, or awaited.</summary>
    public void Pause()
    {
        lock (_turn)
        {
            _pauseAsked = true;
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
        while (DeliverBuffered())
        {
            var receive = BeginReceive();
            if (!receive.IsCompleted)
            {
                _receiving = receive;
                _receiver.OnWaiting(partialPdu: Buffered > 0);
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
        var isReady = _awaitingReadiness;
        if (Buffered == 0 && !isReady)
        {
            ReturnBuffer();
        }

        _awaitingReadiness = _buffer is null;
        var room = _awaitingReadiness ? Memory<byte>.Empty : MakeRoom();
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
                _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
                _start = _end = 0;
                return true;
            }

            _end += count;
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
        var midPdu = Buffered > 0;
        ReturnBuffer();
        _receiver.OnEnd(error, midPdu && !_discarding);
        _receiver.OnBatchDelivered();
    }

    /// <summary>Delivers every whole PDU in the buffer. False: paused.</summary>
    private bool DeliverBuffered()
    {
        while (!_discarding && TryTakePdu(out var header, out var pdu))
        {
            _receiver.OnPdu(header, pdu);
            if (IsPausing())
            {
                return false;
            }
        }

        if (_discarding)
        {
            _start = _end = 0;
        }

        return true;
    }

    private bool TryTakePdu(out PduHeader header, out ReadOnlyMemory<byte> pdu)
    {
        pdu = default;
        if (!PduHeader.TryRead(_buffer.AsSpan(_start, Buffered), out header) || !_receiver.Accepts(header))
        {
            return false;
        }

        var size = PduHeader.Size + (long)header.Length;
        if (size > Buffered)
        {
            return false;
        }

        pdu = _buffer.AsMemory(_start, (int)size);
        _start += (int)size;
        return true;
    }

    private bool IsPausing()
    {
        lock (_turn)
        {
            _paused = _pauseAsked;
            return _paused;
        }
    }

    /// <summary>
    /// Room for at least one more byte; at the end of the buffer, for what is known to be missing. Of a large PDU no more than that, and
    /// the next header: where a read ends with the PDU, nothing has to be moved (C-STORE of 512 KiB: half the CPU time of this process).
    /// </summary>
    private Memory<byte> MakeRoom()
    {
        var missing = MissingBytes();
        if (_buffer!.Length - _end < missing)
        {
            Compact(Math.Min(missing, Math.Max(Buffered, BufferSize)));
        }

        var room = _buffer.Length - _end;
        return _buffer.AsMemory(_end, missing < LargePdu ? room : Math.Min(room, missing + PduHeader.Size));
    }

    private int MissingBytes() =>
        PduHeader.TryRead(_buffer.AsSpan(_start, Buffered), out var header)
            ? (int)Math.Min(PduHeader.Size + (long)header.Length - Buffered, Array.MaxLength / 2)
            : PduHeader.Size - Buffered;

    private void Compact(int room)
    {
        var buffered = Buffered;
        var target = _buffer!;
        if (target.Length - buffered < room)
        {
            // A declared length is a claim: room doubles as its bytes arrive (Rule 2).
            target = ArrayPool<byte>.Shared.Rent(buffered + room);
        }

        if (_start > 0 || !ReferenceEquals(target, _buffer))
        {
            Buffer.BlockCopy(_buffer!, _start, target, 0, buffered);
        }

        if (!ReferenceEquals(target, _buffer))
        {
            ArrayPool<byte>.Shared.Return(_buffer!);
            _buffer = target;
        }

        _start = 0;
        _end = buffered;
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = null;
        _start = _end = 0;
    }
}
