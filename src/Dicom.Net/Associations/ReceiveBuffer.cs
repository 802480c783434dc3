using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>
/// What was received and not yet delivered, in an array of the pool; with nothing in it, it holds none.
/// </summary>
/// <remarks>
/// <para>Rule 1: a declared length is a claim: room for a PDU doubles as its bytes arrive, and no sooner.</para>
/// <para>Rule 2: what was taken may be kept by others, who become holders of the array; its place is then not used again.</para>
/// </remarks>
internal sealed class ReceiveBuffer
{
    /// <summary>Above this, moving the bytes of a PDU costs more than another system call: about 3 µs (measured).</summary>
    private const int LargePdu = 32 * 1024;

    private int _start;
    private int _end;

    /// <summary>What to reserve for a first read; a PDU of a peer that keeps to its limit then fits without growing.</summary>
    public int Size { get; set; } = 4096;

    /// <summary>The number of bytes that wait to be taken.</summary>
    public int Count => _end - _start;

    /// <summary>Where the bytes lie.</summary>
    public RentedArray Array { get; private set; } = new();

    /// <summary>Whether room has been made and not been released.</summary>
    public bool IsHeld => Array.Length > 0;

    private ReadOnlySpan<byte> Waiting => Array.From(_start, Count).Span;

    /// <summary>Reads the header at the head of the buffer. False: it is not all there yet.</summary>
    public bool TryReadHeader(out PduHeader header) => PduHeader.TryRead(Waiting, out header);

    /// <summary>Takes the PDU of this header, header included. False: it is not all there yet.</summary>
    /// <param name="header">What <see cref="TryReadHeader"/> gave.</param>
    /// <param name="pdu">Valid until the next receive.</param>
    public bool TryTake(PduHeader header, out ReadOnlyMemory<byte> pdu)
    {
        var size = PduHeader.Size + (long)header.Length;
        if (size > Count)
        {
            pdu = default;
            return false;
        }

        pdu = Array.From(_start, (int)size);
        _start += (int)size;
        return true;
    }

    /// <summary>
    /// Room for at least one more byte; at the end of the buffer, for what is known to be missing. Of a large PDU no more than that, and
    /// the next header: where a read ends with the PDU, nothing has to be moved (C-STORE of 512 KiB: half the CPU time of this process).
    /// </summary>
    public Memory<byte> MakeRoom()
    {
        if (!IsHeld)
        {
            Array.Rent(Size);
        }

        if (Count == 0 && !Array.IsShared)
        {
            _start = _end = 0;
        }

        var missing = MissingBytes();
        if (Array.Length - _end < missing)
        {
            Compact(Math.Min(missing, Math.Max(Count, Size)));
        }

        var room = Array.Length - _end;
        return Array.From(_end, missing < LargePdu ? room : Math.Min(room, missing + PduHeader.Size));
    }

    /// <summary>So many bytes were written into the room.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Drops what waits.</summary>
    public void Drop() => _start = _end;

    /// <summary>Drops what waits, and gives the array back to the pool.</summary>
    public void Release()
    {
        if (Array.IsShared)
        {
            Array.Dispose();
            Array = new();
        }
        else
        {
            Array.GiveBack();
        }

        _start = _end = 0;
    }

    private int MissingBytes() =>
        TryReadHeader(out var header)
            ? (int)Math.Min(PduHeader.Size + (long)header.Length - Count, System.Array.MaxLength / 2)
            : PduHeader.Size - Count;

    private void Compact(int room)
    {
        var waiting = Waiting;
        var old = Array;
        if (old.IsShared || old.Length - Count < room)
        {
            Array = RentedArray.OfSize(Math.Max(Size, Count + room));
        }

        waiting.CopyTo(Array.From(0, Count).Span);
        _end = Count;
        _start = 0;
        if (Array != old)
        {
            old.Dispose();
        }
    }
}
