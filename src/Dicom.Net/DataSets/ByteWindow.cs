namespace Dicom.Net.DataSets;

/// <summary>Looks at a run of bytes through a small window that moves: what parsing needs of a data set that may be a gigabyte.</summary>
internal sealed class ByteWindow
{
    // One page: headers lie close together, and what lies between them is skipped.
    private const int FileWindow = 4096;

    private readonly ByteRange _range;
    private ReadOnlyMemory<byte> _seen;
    private long _start;
    private byte[]? _buffer;

    public ByteWindow(ByteRange range)
    {
        _range = range;
        ReadOnlyMemory<byte> inMemory = range.Source.TryGetMemory(out ReadOnlyMemory<byte> whole) ? whole : range.Source.Head;
        if (range.Offset < inMemory.Length)
        {
            inMemory = inMemory[(int)range.Offset..];
            _seen = inMemory[..(int)Math.Min(range.Length, inMemory.Length)];
        }
    }

    /// <summary>The number of bytes there are.</summary>
    public long Length => _range.Length;

    /// <summary>The bytes at an offset: as many as asked for (few: headers), or as many as there are.</summary>
    public ReadOnlySpan<byte> Look(long offset, int count)
    {
        count = (int)Math.Clamp(Length - offset, 0, count);
        if (offset < _start || offset + count > _start + _seen.Length)
        {
            MoveTo(offset);
        }

        return _seen.Span.Slice((int)(offset - _start), count);
    }

    private void MoveTo(long offset)
    {
        Memory<byte> window = (_buffer ??= new byte[FileWindow]).AsMemory(0, (int)Math.Min(Length - offset, FileWindow));
        _range.CopyTo(offset, window.Span);
        _start = offset;
        _seen = window;
    }
}
