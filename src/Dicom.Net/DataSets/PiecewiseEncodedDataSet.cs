namespace Dicom.Net.DataSets;

/// <summary>An encoded data set in memory, in several pieces, which belong to an owner.</summary>
internal sealed class PiecewiseEncodedDataSet(IReadOnlyList<ReadOnlyMemory<byte>> pieces, IDisposable owner, string transferSyntax)
    : EncodedDataSet(transferSyntax)
{
    private IReadOnlyList<ReadOnlyMemory<byte>> _pieces = pieces;
    private bool _isDisposed;

    public override long Length { get; } = pieces.Sum(piece => (long)piece.Length);

    public override ReadOnlyMemory<byte> Head => Pieces is [var first, ..] ? first : default;

    public override IReadOnlyList<ReadOnlyMemory<byte>> Pieces
    {
        get
        {
            // Rented memory may be somebody else's by now.
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DicomDataSet));
            return _pieces;
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        foreach (ReadOnlyMemory<byte> piece in Pieces)
        {
            if (offset < piece.Length)
            {
                int count = Math.Min(piece.Length - (int)offset, destination.Length);
                piece.Span.Slice((int)offset, count).CopyTo(destination);
                return count;
            }

            offset -= piece.Length;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _pieces = [];
            owner.Dispose();
        }

        base.Dispose(disposing);
    }
}
