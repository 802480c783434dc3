using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>PDUs as PS3.8 §9.3 and PS3.7 Annex D.3 have them.</summary>
internal static class PduGrammar
{
    public const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    public static readonly string[] AbstractSyntaxes =
    [
        DicomUids.Verification, "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.2.2.1",
        "1.2.840.10008.5.1.4.1.2.2.2", "1.2.840.10008.5.1.4.1.2.2.3", "1.2.840.10008.5.1.4.31", "1.2.840.10008.1.20.1", "1.2.3.4",
    ];

    public static readonly string[] TransferSyntaxes =
    [
        DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian,
        DicomUids.DeflatedExplicitVRLittleEndian, DicomUids.JpegBaseline8Bit, "1.2.3.5",
    ];

    private static ReadOnlySpan<uint> MaximumLengths => [0, 1, 6, 7, 8, 1024, 16384, 16384, 131072, uint.MaxValue];

    /// <summary>A PDU of any of the seven types.</summary>
    public static void Any(FieldWriter writer, FuzzRandom random)
    {
        switch (random.Next(10))
        {
            case < 3:
                Associate(writer, random, PduType.AAssociateRq);
                break;
            case < 5:
                Associate(writer, random, PduType.AAssociateAc);
                break;
            case < 8:
                PData(writer, random);
                break;
            default:
                Fixed(writer, random.Pick([PduType.AAssociateRj, PduType.AReleaseRq, PduType.AReleaseRp, PduType.AAbort]), random.NextBytes(4));
                break;
        }
    }

    /// <summary>One of the four PDUs without variable fields.</summary>
    public static void Fixed(FieldWriter writer, PduType type, ReadOnlySpan<byte> fields)
    {
        var length = BeginPdu(writer, type);
        writer.Bytes(fields);
        writer.End(length);
    }

    /// <summary>A request or an answer with some of all the items there are.</summary>
    public static void Associate(FieldWriter writer, FuzzRandom random, PduType type)
    {
        var length = BeginPdu(writer, type);
        FixedFields(writer, random);
        Item(writer, ItemType.ApplicationContext, ApplicationContext);
        for (int count = random.OneIn(20) ? 128 : random.Next(1, 6), i = 0; i < count; i++)
        {
            Context(writer, random, type, (byte)(2 * i + 1));
        }

        UserInformation(writer, random, type);
        writer.End(length);
    }

    /// <summary>A P-DATA-TF with some PDVs of anything.</summary>
    public static void PData(FieldWriter writer, FuzzRandom random)
    {
        var length = BeginPdu(writer, PduType.PDataTf);
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            Pdv(writer, 2 * random.Next(4) + 1, random.Next(4), random.NextBytes(random.Next(40)));
        }

        writer.End(length);
    }

    /// <summary>A P-DATA-TF with one PDV.</summary>
    public static void PData(FieldWriter writer, int context, int control, ReadOnlySpan<byte> fragment)
    {
        var length = BeginPdu(writer, PduType.PDataTf);
        Pdv(writer, context, control, fragment);
        writer.End(length);
    }

    /// <summary>PS3.8 §9.3.5.1.</summary>
    public static void Pdv(FieldWriter writer, int context, int control, ReadOnlySpan<byte> fragment)
    {
        var length = writer.Begin(4);
        writer.UInt8(context);
        writer.UInt8(control);
        writer.Bytes(fragment);
        writer.End(length);
    }

    public static FieldWriter.LengthField BeginPdu(FieldWriter writer, PduType type)
    {
        writer.UInt8((int)type);
        writer.UInt8(0);
        return writer.Begin(4);
    }

    public static void FixedFields(FieldWriter writer, FuzzRandom random)
    {
        writer.UInt16(1);
        writer.UInt16(0);
        writer.Text(random.Pick(["ANY-SCP         ", "SCP             ", "  SCP\0          "]));
        writer.Text(random.Pick(["ECHOSCU         ", "A\u001b[31m\r\nB       "]));
        writer.Bytes(new byte[32]);
    }

    public static void Item(FieldWriter writer, byte type, string text)
    {
        var length = BeginItem(writer, type);
        writer.Text(text);
        writer.End(length);
    }

    /// <summary>PS3.8 §9.3.2.2, §9.3.3.2.</summary>
    private static void Context(FieldWriter writer, FuzzRandom random, PduType type, byte id)
    {
        var isRequest = type == PduType.AAssociateRq;
        var length = BeginItem(writer, isRequest ? ItemType.PresentationContextRq : ItemType.PresentationContextAc);
        writer.UInt8(id);
        writer.UInt8(0);
        writer.UInt8(isRequest ? 0 : random.Pick([0, 0, 0, 1, 2, 3, 4, 5]));
        writer.UInt8(0);
        if (isRequest)
        {
            Item(writer, ItemType.AbstractSyntax, random.Pick(AbstractSyntaxes));
        }

        for (var count = isRequest ? random.Next(1, 4) : 1; count > 0; count--)
        {
            Item(writer, ItemType.TransferSyntax, random.Pick(TransferSyntaxes));
        }

        writer.End(length);
    }

    /// <summary>PS3.7 §D.3.3, PS3.8 §D.1.</summary>
    public static void UserInformation(FieldWriter writer, FuzzRandom random, PduType type)
    {
        var length = BeginItem(writer, ItemType.UserInformation);
        var maximum = BeginItem(writer, 0x51);
        writer.UInt32(random.Pick(MaximumLengths));
        writer.End(maximum);
        Item(writer, 0x52, "1.2.9");
        for (var count = random.Next(6); count > 0; count--)
        {
            UserInformationGrammar.Any(writer, random, type);
        }

        writer.End(length);
    }

    public static FieldWriter.LengthField BeginItem(FieldWriter writer, int type)
    {
        writer.UInt8(type);
        writer.UInt8(0);
        return writer.Begin(2);
    }
}
