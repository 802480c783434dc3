using System.Buffers;
using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>One PDU that is not P-DATA-TF: small, and encoded when it is made.</summary>
internal sealed class OutgoingPdu : OutgoingItem
{
    /// <summary>PS3.8 §9.3.4, §9.3.6 to §9.3.8: PDU-length is 4 in all of these.</summary>
    private const int FixedSize = PduHeader.Size + 4;

    private readonly ArrayBufferWriter<byte> _bytes;
    private bool _written;

    private OutgoingPdu(PduType type) => (Type, _bytes) = (type, type is PduType.AAssociateRq or PduType.AAssociateAc ? new() : new(FixedSize));

    public override PduType Type { get; }

    public override int PreferredOutput => _bytes.WrittenCount;

    public override bool IsComplete => _written;

    public override long Written => _written ? _bytes.WrittenCount : 0;

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public static OutgoingPdu Of(AAssociateRq pdu) => Encode(PduType.AAssociateRq, output => PduWriter.Write(pdu, output));

    public static OutgoingPdu Of(AAssociateAc pdu) => Encode(PduType.AAssociateAc, output => PduWriter.Write(pdu, output));

    public static OutgoingPdu Of(AAssociateRj pdu) => Encode(PduType.AAssociateRj, output => PduWriter.Write(pdu, output));

    public static OutgoingPdu Of(AAbort pdu) => Encode(PduType.AAbort, output => PduWriter.Write(pdu, output));

    public static OutgoingPdu ReleaseRq() => Encode(PduType.AReleaseRq, PduWriter.WriteReleaseRq);

    public static OutgoingPdu ReleaseRp() => Encode(PduType.AReleaseRp, PduWriter.WriteReleaseRp);

    public override int Fill(Span<byte> output)
    {
        if (!_bytes.WrittenSpan.TryCopyTo(output))
        {
            return 0;
        }

        _written = true;
        return _bytes.WrittenCount;
    }

    private static OutgoingPdu Encode(PduType type, Action<IBufferWriter<byte>> write)
    {
        var pdu = new OutgoingPdu(type);
        write(pdu._bytes);
        return pdu;
    }
}
