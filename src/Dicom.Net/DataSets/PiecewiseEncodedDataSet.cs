namespace Dicom.Net.DataSets;

/// <summary>An encoded data set in memory, in several pieces, which belong to an owner.</summary>
internal sealed class PiecewiseEncodedDataSet(ReadOnlyMemory<byte>[] pieces, IDisposable owner, string transferSyntax)
    : EncodedDataSet(transferSyntax)
{
    private ReadOnlyMemory<byte>[] _pieces = pieces;
    private bool _isDisposed;

    public override long Length { get; } = LengthOf(pieces);

    public override ReadOnlyMemory<byte> Head => Undisposed is [var first, ..] ? first : default;

    public override IReadOnlyList<ReadOnlyMemory<byte>> Pieces => Undisposed;

    // Rented memory may be somebody else's by now.
    private ReadOnlyMemory<byte>[] Undisposed => _isDisposed ? throw new ObjectDisposedException(nameof(DicomDataSet)) : _pieces;

    public override int Read(long offset, Span<byte> destination)
    {
        foreach (ReadOnlyMemory<byte> piece in Undisposed)
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

    private static long LengthOf(ReadOnlyMemory<byte>[] pieces)
    {
        long length = 0;
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            length += piece.Length;
        }

        return length;
    }
}
