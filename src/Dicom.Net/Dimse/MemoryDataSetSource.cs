namespace Dicom.Net.Dimse;

/// <summary>A data set that lies encoded in memory.</summary>
internal sealed class MemoryDataSetSource(ReadOnlyMemory<byte> encoded) : IDataSetSource
{
    public long Length => encoded.Length;

    public int Read(long offset, Span<byte> destination)
    {
        var bytes = encoded.Span[(int)offset..];
        var count = Math.Min(bytes.Length, destination.Length);
        bytes[..count].CopyTo(destination);
        return count;
    }

    public void Dispose()
    {
    }
}
