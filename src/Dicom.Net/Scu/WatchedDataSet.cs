using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>An encoded data set that tells how far it has been read: as it is sent piece by piece, that is how far it has been sent.</summary>
internal sealed class WatchedDataSet(EncodedDataSet encoded, Action<long> report) : EncodedDataSet(encoded.TransferSyntax)
{
    private long _furthest;

    public override long Length => encoded.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        var count = encoded.Read(offset, destination);
        if (offset + count > _furthest)
        {
            _furthest = offset + count;
            report(_furthest);
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        encoded.Dispose();
        base.Dispose(disposing);
    }
}
