using System.Buffers;

namespace Dicom.Net.Transport;

/// <summary>Bytes of TLS records on their way, in an array of the pool that is given back when they are gone.</summary>
internal sealed class RecordBuffer
{
    /// <summary>Some eight records; more made nothing faster (measured).</summary>
    private const int Size = 128 * 1024;

    private byte[]? _array;
    private int _start;
    private int _end;

    public int Count => _end - _start;

    public ReadOnlyMemory<byte> Content => _array.AsMemory(_start, Count);

    /// <summary>Room for bytes to come; only while there are none.</summary>
    public Memory<byte> MakeRoom() => _array ??= ArrayPool<byte>.Shared.Rent(Size);

    /// <summary>So many bytes were written into the room.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Adds bytes. False: there is no room for all of them, and none were added.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(MakeRoom().Span[_end..]))
        {
            return false;
        }

        _end += bytes.Length;
        return true;
    }

    /// <summary>Takes as many bytes as there are, and as there is room for.</summary>
    public int TakeInto(Span<byte> room)
    {
        var count = Math.Min(Count, room.Length);
        Content.Span[..count].CopyTo(room);
        _start += count;
        if (Count == 0)
        {
            Release();
        }

        return count;
    }

    /// <summary>Drops what is left, and gives the array back.</summary>
    public void Release()
    {
        if (_array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }

        _start = _end = 0;
    }
}
