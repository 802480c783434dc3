using System.Buffers;

namespace Dicom.Net.Associations;

/// <summary>Bytes that grow in a pooled array, and go back to the pool when disposed of.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    public Memory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, null);
        Length = 0;
        if (bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void EnsureRoom(int count)
    {
        var capacity = _bytes?.Length ?? 0;
        if (capacity - Length >= count)
        {
            return;
        }

        // Doubling: an instance of n bytes is copied at most once more in all.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, capacity * 2));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
