using System.Buffers;

namespace Dicom.Net.Associations;

/// <summary>
/// An array of the pool that may have several holders: it goes back when the last of them disposes of it. A sole holder may give it back
/// and rent another in its place, without a new object.
/// </summary>
internal sealed class RentedArray : IDisposable
{
    private byte[]? _bytes;
    private int _holders = 1;

    /// <summary>The number of bytes: at least what was asked for; 0 while nothing is rented.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>Whether there are other holders than the one who asks.</summary>
    public bool IsShared => Volatile.Read(ref _holders) > 1;

    /// <summary>An array of this size, or larger.</summary>
    public static RentedArray OfSize(int size)
    {
        var array = new RentedArray();
        array.Rent(size);
        return array;
    }

    /// <summary>Of a sole holder that has nothing rented.</summary>
    public void Rent(int size) => _bytes = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>Of a sole holder: gives the bytes back, if there are any.</summary>
    public void GiveBack()
    {
        var bytes = Interlocked.Exchange(ref _bytes, null);
        if (bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>A part of the bytes.</summary>
    public Memory<byte> From(int offset, int count) => _bytes.AsMemory(offset, count);

    /// <summary>One more holder, who disposes of the array like the first.</summary>
    public RentedArray Share()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>Called once by each holder.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            GiveBack();
        }
    }
}
