using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.DataSets;

/// <summary>Bytes that tell how often they are read, and are not in memory for those who ask.</summary>
internal sealed class CountedDataSet(byte[] bytes, string transferSyntax = DicomUids.ExplicitVRLittleEndian) : EncodedDataSet(transferSyntax)
{
    private int _reads, _beginnings;

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How often the first byte was read.</summary>
    public int Beginnings => Volatile.Read(ref _beginnings);

    /// <summary>Called at the first byte, by the thread that reads it.</summary>
    public Action? AtBeginning { get; init; }

    public override long Length => bytes.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        Interlocked.Increment(ref _reads);
        if (offset == 0)
        {
            Interlocked.Increment(ref _beginnings);
            AtBeginning?.Invoke();
        }

        int count = (int)Math.Clamp(bytes.Length - offset, 0, destination.Length);
        bytes.AsSpan((int)offset, count).CopyTo(destination);
        return count;
    }
}
