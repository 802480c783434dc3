using System.Buffers;
using System.Buffers.Binary;

namespace Dicom.Net.Pdus;

/// <summary>Writes PDUs (PS3.8 §9.3). A value that the standard does not allow is an ArgumentException, and nothing is written.</summary>
internal static class PduWriter
{
    public const int PDataHeaderSize = PduHeader.Size;
    public const int PdvHeaderSize = PdvHeader.Size;

    public static void Write(AAssociateRq pdu, IBufferWriter<byte> output) => AssociateWriter.Build(pdu).Complete(output);

    public static void Write(AAssociateAc pdu, IBufferWriter<byte> output) => AssociateWriter.Build(pdu).Complete(output);

    /// <summary>PS3.8 Table 9-21.</summary>
    public static void Write(AAssociateRj pdu, IBufferWriter<byte> output) =>
        WriteFixed(PduType.AAssociateRj, [0, pdu.Result, pdu.Source, pdu.Reason], output);

    /// <summary>PS3.8 Table 9-26.</summary>
    public static void Write(AAbort pdu, IBufferWriter<byte> output) =>
        WriteFixed(PduType.AAbort, [0, 0, pdu.Source, pdu.Reason], output);

    /// <summary>PS3.8 Table 9-24.</summary>
    public static void WriteReleaseRq(IBufferWriter<byte> output) => WriteFixed(PduType.AReleaseRq, [0, 0, 0, 0], output);

    /// <summary>PS3.8 Table 9-25.</summary>
    public static void WriteReleaseRp(IBufferWriter<byte> output) => WriteFixed(PduType.AReleaseRp, [0, 0, 0, 0], output);

    /// <summary>Writes the six bytes before the PDV list of a P-DATA-TF (PS3.8 Table 9-22).</summary>
    /// <param name="destination">Where to; six bytes at least.</param>
    /// <param name="pdvListLength">The length of the list, PDV headers included.</param>
    public static void WritePDataHeader(Span<byte> destination, int pdvListLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pdvListLength, PdvHeaderSize);
        WriteHeader(destination, PduType.PDataTf, (uint)pdvListLength);
    }

    /// <summary>Writes the six bytes before the fragment of a PDV (PS3.8 Table 9-23 and §E.2).</summary>
    /// <param name="destination">Where to; six bytes at least.</param>
    /// <param name="fragmentLength">The length of the fragment alone; 0 is allowed.</param>
    /// <param name="contextId">The presentation context.</param>
    /// <param name="isCommand">Whether the fragment is of the command set.</param>
    /// <param name="isLast">Whether it is the last one of its set.</param>
    public static void WritePdvHeader(Span<byte> destination, int fragmentLength, byte contextId, bool isCommand, bool isLast)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fragmentLength);
        // Unsigned, so that the longest fragment there can be does not wrap.
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)fragmentLength + PdvHeader.CountedSize);
        destination[4] = contextId;
        destination[5] = (byte)((isCommand ? PdvHeader.CommandBit : 0) | (isLast ? PdvHeader.LastBit : 0));
    }

    private static void WriteFixed(PduType type, ReadOnlySpan<byte> fields, IBufferWriter<byte> output)
    {
        var size = PduHeader.Size + fields.Length;
        var destination = output.GetSpan(size);
        WriteHeader(destination, type, (uint)fields.Length);
        fields.CopyTo(destination[PduHeader.Size..]);
        output.Advance(size);
    }

    private static void WriteHeader(Span<byte> destination, PduType type, uint length)
    {
        destination[0] = (byte)type;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], length);
    }
}
