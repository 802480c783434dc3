namespace Dicom.Net.DataSets;

/// <summary>An encoded data set in memory, rented or not.</summary>
internal sealed class MemoryEncodedDataSet(ReadOnlyMemory<byte> bytes, IDisposable? owner, string transferSyntax)
    : EncodedDataSet(transferSyntax)
{
    private ReadOnlyMemory<byte> _bytes = bytes;
    private bool _isDisposed;

    public override long Length { get; } = bytes.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(DicomDataSet));
        int count = (int)Math.Clamp(_bytes.Length - offset, 0, destination.Length);
        if (count > 0)
        {
            _bytes.Span.Slice((int)offset, count).CopyTo(destination);
        }

        return count;
    }

    public override bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        // Rented memory may be somebody else's by now.
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(DicomDataSet));
        memory = _bytes;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _bytes = default;
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
