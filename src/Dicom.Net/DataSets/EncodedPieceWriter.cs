using System.Buffers;

namespace Dicom.Net.DataSets;

/// <summary>Puts an encoded data set together: new bytes are written, unchanged ones are referred to.</summary>
internal sealed class EncodedPieceWriter : IBufferWriter<byte>
{
    // Below this, copying is cheaper than another piece. Arbitrary.
    private const int LargestCopy = 64 * 1024;

    // A piece grows by doubling up to here, so that a big data set is not copied over and over. Arbitrary.
    private const int LargestPiece = 1024 * 1024;

    private readonly List<ByteRange> _pieces = [];
    private ArrayBufferWriter<byte> _current = new();
    private long _finished;

    /// <summary>The number of bytes so far.</summary>
    public long Length => _finished + _current.WrittenCount;

    public void Advance(int count) => _current.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EndLargePiece();
        return _current.GetMemory(sizeHint);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EndLargePiece();
        return _current.GetSpan(sizeHint);
    }

    /// <summary>Adds bytes that are elsewhere.</summary>
    public void Append(ByteRange range)
    {
        if (range.Length <= LargestCopy)
        {
            Span<byte> destination = GetSpan((int)range.Length)[..(int)range.Length];
            range.CopyTo(0, destination);
            Advance((int)range.Length);
            return;
        }

        EndPiece();
        _pieces.Add(range);
        _finished += range.Length;
    }

    /// <summary>Adds what another writer has put together.</summary>
    public void Append(EncodedPieceWriter other)
    {
        other.EndPiece();
        foreach (ByteRange piece in other._pieces)
        {
            Append(piece);
        }
    }

    public EncodedDataSet Finish(string transferSyntax)
    {
        EndPiece();
        bool isInMemory = _pieces is [{ Source: MemoryEncodedDataSet } single] && single.Length == single.Source.Length;
        if (_pieces.Count > 0 && !isInMemory)
        {
            return new EncodedPieces(_pieces, transferSyntax);
        }

        ReadOnlyMemory<byte> memory = default;
        _ = _pieces.Count > 0 && _pieces[0].Source.TryGetMemory(out memory);
        return EncodedDataSet.FromMemory(memory, transferSyntax);
    }

    private void EndLargePiece()
    {
        if (_current.WrittenCount >= LargestPiece)
        {
            EndPiece();

            // What is this long goes on, as a rule: the next piece need not grow from nothing.
            _current = new ArrayBufferWriter<byte>(LargestPiece);
        }
    }

    private void EndPiece()
    {
        if (_current.WrittenCount == 0)
        {
            return;
        }

        // The pieces' transfer syntax is nobody's business: the whole has one.
        _pieces.Add(ByteRange.Of(EncodedDataSet.FromMemory(_current.WrittenMemory, string.Empty)));
        _finished += _current.WrittenCount;
        _current = new ArrayBufferWriter<byte>();
    }
}
