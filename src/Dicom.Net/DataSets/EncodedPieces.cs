namespace Dicom.Net.DataSets;

/// <summary>
/// An encoded data set put together from new bytes in memory and unchanged runs of another one. Changing a patient's name in an
/// instance of a gigabyte needs memory for the name.
/// </summary>
internal sealed class EncodedPieces : EncodedDataSet
{
    private readonly ByteRange[] _pieces;
    private readonly long[] _ends;
    private readonly EncodedDataSet[] _sources;

    public EncodedPieces(IEnumerable<ByteRange> pieces, string transferSyntax)
        : base(transferSyntax)
    {
        _pieces = [.. pieces];
        _sources = [.. _pieces.Select(piece => piece.Source).Distinct().Select(source => source.Share())];
        _ends = new long[_pieces.Length];
        for (int i = 0; i < _pieces.Length; i++)
        {
            Length += _pieces[i].Length;
            _ends[i] = Length;
        }
    }

    public override long Length { get; }

    public override int Read(long offset, Span<byte> destination)
    {
        // The first piece that ends beyond the offset.
        int index = Array.BinarySearch(_ends, offset + 1);
        index = index < 0 ? ~index : index;
        if (offset >= Length || destination.IsEmpty)
        {
            return 0;
        }

        ByteRange piece = _pieces[index];
        long within = offset - (_ends[index] - piece.Length);
        int count = (int)Math.Min(piece.Length - within, destination.Length);
        piece.CopyTo(within, destination[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (EncodedDataSet source in _sources)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
