namespace Dicom.Net.DataSets;

/// <summary>Looks at a run of bytes through a small window that moves: what parsing needs of a data set that may be a gigabyte.</summary>
internal sealed class ByteWindow
{
    // One page: headers lie close together, and what lies between them is skipped.
    private const int FileWindow = 4096;

    private readonly ByteRange _range;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly byte[]? _buffer;
    private long _start;
    private int _count;

    public ByteWindow(ByteRange range)
    {
        _range = range;
        if (range.Source.TryGetMemory(out ReadOnlyMemory<byte> memory))
        {
            _memory = memory.Slice((int)range.Offset, (int)range.Length);
        }
        else
        {
            _buffer = new byte[FileWindow];
        }
    }

    /// <summary>The number of bytes there are.</summary>
    public long Length => _range.Length;

    /// <summary>The bytes at an offset: as many as asked for (few: headers), or as many as there are.</summary>
    public ReadOnlySpan<byte> Look(long offset, int count)
    {
        count = (int)Math.Clamp(Length - offset, 0, count);
        if (_buffer is null)
        {
            return _memory.Span.Slice((int)offset, count);
        }

        if (offset < _start || offset + count > _start + _count)
        {
            _start = offset;
            _count = (int)Math.Min(Length - offset, FileWindow);
            _range.CopyTo(offset, _buffer.AsSpan(0, _count));
        }

        return _buffer.AsSpan((int)(offset - _start), count);
    }
}
