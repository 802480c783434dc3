namespace Dicom.Net.DataSets;

/// <summary>A run of bytes within an encoded data set: an element, a value, an item. Nothing is read until it is asked for.</summary>
internal readonly record struct ByteRange(EncodedDataSet Source, long Offset, long Length)
{
    public static ByteRange Of(EncodedDataSet source) => new(source, 0, source.Length);

    public ByteRange Slice(long offset, long length) => new(Source, Offset + offset, length);

    /// <summary>The bytes where they lie, if that is memory.</summary>
    public bool TryGetSpan(out ReadOnlySpan<byte> span)
    {
        if (Source.TryGetMemory(out ReadOnlyMemory<byte> memory))
        {
            span = memory.Span.Slice((int)Offset, (int)Length);
            return true;
        }

        span = default;
        return false;
    }

    /// <summary>Copies the bytes from an offset on, as many as the destination holds; there must be as many.</summary>
    public void CopyTo(long offset, Span<byte> destination) => Source.ReadExactly(Offset + offset, destination);

    /// <summary>Copies the bytes.</summary>
    /// <exception cref="InvalidOperationException">They are more than an array holds.</exception>
    public byte[] ToArray()
    {
        if (Length > Array.MaxLength)
        {
            throw new InvalidOperationException($"A value of {Length} bytes is more than one array holds.");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Length);
        CopyTo(0, bytes);
        return bytes;
    }
}
