using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>
/// Finds the PDUs in one direction of a byte stream and sums each up. It keeps at most the beginning of one PDU: of P-DATA-TF, which may
/// be large, what its summary needs; after bytes that are no PDU, nothing more is looked at.
/// </summary>
internal sealed class PduTap
{
    /// <summary>As much of a PDU as is kept for its summary: the longest A-ASSOCIATE-RQ that our own reader takes.</summary>
    private const int MostKept = PduHeader.Size + 1024 * 1024;

    private readonly List<byte> _kept = [];
    private long _missing;
    private PduHeader _header;
    private bool _isLost;

    /// <summary>Takes the next bytes; tells of each PDU that is complete with them.</summary>
    public List<(PduHeader Header, string Summary)> Take(ReadOnlySpan<byte> bytes)
    {
        List<(PduHeader, string)> complete = [];
        while (!bytes.IsEmpty && !_isLost)
        {
            bytes = bytes[(_missing == 0 ? TakeHeader(bytes) : TakeBody(bytes))..];
            if (_kept.Count >= PduHeader.Size && (_missing == 0 || _isLost))
            {
                complete.Add((_header, PduDescription.Of(_header, Body())));
                _kept.Clear();
            }
        }

        return complete;
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(PduHeader.Size - _kept.Count, bytes.Length);
        _kept.AddRange(bytes[..count]);
        if (PduHeader.TryRead(Kept, out _header))
        {
            _missing = _header.Length;
            _isLost = _header.Type is < (byte)PduType.AAssociateRq or > (byte)PduType.AAbort;
        }

        return count;
    }

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(_missing, bytes.Length);
        _kept.AddRange(bytes[..Math.Min(count, MostKept - Math.Min(_kept.Count, MostKept))]);
        _missing -= count;
        return count;
    }

    private ReadOnlySpan<byte> Kept => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept);

    private ReadOnlySpan<byte> Body() => Kept[PduHeader.Size..];
}
