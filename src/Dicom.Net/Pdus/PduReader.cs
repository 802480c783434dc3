namespace Dicom.Net.Pdus;

/// <summary>Reads PDUs (PS3.8 §9.3). Whatever the bytes are, the outcome is a PDU or a <see cref="PduException"/>.</summary>
/// <remarks>Reserved fields are not tested (PS3.8 §9.3.2 and following).</remarks>
internal static class PduReader
{
    /// <summary>The four PDUs without variable fields (PS3.8 Tables 9-21, 9-24, 9-25, 9-26).</summary>
    private const uint FixedLength = 4;

    /// <summary>A P-DATA-TF holds one PDV at least (PS3.8 §9.3.5).</summary>
    private const uint MinimumDataLength = PdvHeader.Size;

    /// <summary>How a TLS record begins that is no PDU at all (RFC 8446 §5.1): worth a word in the log.</summary>
    private const PduType TlsAlertRecord = (PduType)0x15, TlsHandshakeRecord = (PduType)0x16;

    /// <summary>Tests what a header claims, before any of the body is awaited.</summary>
    public static void Check(PduHeader header, PduLimits limits)
    {
        var (minimum, maximum) = (PduType)header.Type switch
        {
            PduType.AAssociateRq or PduType.AAssociateAc => (AssociateReader.FixedFieldsSize, limits.MaximumAssociateLength),
            PduType.PDataTf => (MinimumDataLength, MaximumDataLength(limits)),
            PduType.AAssociateRj or PduType.AReleaseRq or PduType.AReleaseRp or PduType.AAbort =>
                (FixedLength, limits.MaximumFixedLength),
            TlsAlertRecord or TlsHandshakeRecord => throw new PduException(
                AbortReason.UnrecognizedPdu, $"PDU-type {header.Type:X2}H is none of DICOM's seven: the peer speaks TLS, this side does not."),
            _ => throw new PduException(AbortReason.UnrecognizedPdu, $"PDU-type {header.Type:X2}H is none of DICOM's seven."),
        };
        if (header.Length < minimum || header.Length > maximum)
        {
            throw PduException.Invalid(
                $"{PduSummary.NameOf(header.Type)}: PDU-length {header.Length} is outside {minimum} to {maximum}.");
        }
    }

    /// <summary>Reads what follows the six header bytes of an A-ASSOCIATE-RQ.</summary>
    public static AAssociateRq ReadAssociateRq(ReadOnlySpan<byte> body, PduLimits limits) => AssociateReader.ReadRq(body, limits);

    /// <summary>Reads what follows the six header bytes of an A-ASSOCIATE-AC.</summary>
    public static AAssociateAc ReadAssociateAc(ReadOnlySpan<byte> body, PduLimits limits) => AssociateReader.ReadAc(body, limits);

    /// <summary>Reads what follows the six header bytes of an A-ASSOCIATE-RJ (PS3.8 Table 9-21).</summary>
    public static AAssociateRj ReadAssociateRj(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "A-ASSOCIATE-RJ");
        reader.ReadByte("Reserved");
        return new(reader.ReadByte("Result"), reader.ReadByte("Source"), reader.ReadByte("Reason/Diag."));
    }

    /// <summary>Reads what follows the six header bytes of an A-ABORT (PS3.8 Table 9-26).</summary>
    public static AAbort ReadAbort(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "A-ABORT");
        reader.ReadBytes(2, "Reserved");
        return new(reader.ReadByte("Source"), reader.ReadByte("Reason/Diag."));
    }

    /// <summary>
    /// Reads what follows the six header bytes of a P-DATA-TF. The list is walked to its end here, once, so that whoever enumerates it
    /// meets no fault half-way through. Allocates nothing.
    /// </summary>
    public static PDataTf ReadPData(ReadOnlyMemory<byte> body)
    {
        var list = body.Span;
        var at = 0;
        do
        {
            if (!PdvHeader.TryRead(list[at..], out var pdv))
            {
                throw PduException.Invalid($"P-DATA-TF: the {list.Length - at} bytes from byte {at} of the PDV list hold no whole PDV.");
            }
            at += PdvHeader.Size + pdv.FragmentLength;
        }
        while (at < list.Length);
        return new(body);
    }

    private static uint MaximumDataLength(PduLimits limits) =>
        limits.MaximumDataLength == 0 ? limits.MaximumUnlimitedDataLength : limits.MaximumDataLength;
}
