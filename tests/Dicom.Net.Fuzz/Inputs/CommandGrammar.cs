using Dicom.Net.Dimse;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>Command sets as PS3.7 §9.3 and §10.3 have them: implicit VR little endian, in ascending order.</summary>
internal static class CommandGrammar
{
    public static readonly CommandField[] Fields = Enum.GetValues<CommandField>();

    private static readonly string[] Classes = ["1.2.840.10008.1.1", "1.2.840.10008.5.1.4.1.1.2\0", "1.2.840.10008.5.1.4.1.2.2.1\0"];

    private static ReadOnlySpan<int> Statuses => [0, 0, 0xFF00, 0xFF01, 0xFE00, 0x0110, 0x0112, 0xA700, 0xB000, 0xC001];

    /// <summary>A command set of any message.</summary>
    public static byte[] Any(FuzzRandom random, int wrongField = -1) =>
        Of(random, random.Pick<CommandField>(Fields), random.Next(5), random.OneIn(2), wrongField);

    /// <summary>A command set with all that it must have, and some of what it may have.</summary>
    public static byte[] Of(FuzzRandom random, CommandField field, int messageId, bool hasDataSet, int wrongField = -1)
    {
        var elements = new FieldWriter(random, wrongField) { BigEndian = false };
        Write(elements, random, field, messageId, hasDataSet);
        var whole = new FieldWriter(random) { BigEndian = false };
        UInt32(whole, 0x0000, random.OneIn(8) ? (uint)random.Next(1000) : (uint)elements.Count);
        whole.Append(elements.ToArray());
        return whole.ToArray();
    }

    private static void Write(FieldWriter writer, FuzzRandom random, CommandField field, int messageId, bool hasDataSet)
    {
        var isResponse = ((int)field & 0x8000) != 0;
        var isRequested = field is CommandField.NGetRq or CommandField.NSetRq or CommandField.NActionRq or CommandField.NDeleteRq;
        var isOfInstance = field is CommandField.CStoreRq or CommandField.NEventReportRq || random.OneIn(4);
        Text(writer, isRequested ? 0x0003 : 0x0002, random.Pick(Classes));
        UInt16(writer, 0x0100, (int)field);
        UInt16(writer, isResponse || field == CommandField.CCancelRq ? 0x0120 : 0x0110, messageId);
        Optional(writer, random, field == CommandField.CMoveRq, 0x0600, "STORESCP");
        UInt16(writer, 0x0700, random.Next(3));
        UInt16(writer, 0x0800, hasDataSet ? 1 : 0x0101);
        if (isResponse)
        {
            UInt16(writer, 0x0900, random.Pick(Statuses));
            Optional(writer, random, random.OneIn(4), 0x0902, "it did not work");
        }

        if (isOfInstance && !isRequested)
        {
            Text(writer, 0x1000, "1.2.3.4\0");
        }

        WriteTail(writer, random, field, isRequested);
    }

    private static void WriteTail(FieldWriter writer, FuzzRandom random, CommandField field, bool isRequested)
    {
        Optional(writer, random, isRequested, 0x1001, "1.2.3.4\0");
        if (field == CommandField.NEventReportRq)
        {
            UInt16(writer, 0x1002, 1);
        }

        if (field == CommandField.NGetRq && random.OneIn(2))
        {
            Text(writer, 0x1005, "\u0010\0\u0010\0\u0010\0\u0020\0");
        }

        if (field == CommandField.NActionRq)
        {
            UInt16(writer, 0x1008, 1);
        }

        if (field is CommandField.CGetRsp or CommandField.CMoveRsp)
        {
            for (var count = 0x1020; count <= 0x1023; count++)
            {
                UInt16(writer, count, random.Next(4));
            }
        }

        Optional(writer, random, random.OneIn(8), 0x1030, "MOVER");
    }

    private static void Optional(FieldWriter writer, FuzzRandom random, bool isThere, int element, string text)
    {
        if (isThere || random.OneIn(30))
        {
            Text(writer, element, text);
        }
    }

    private static void Text(FieldWriter writer, int element, string text)
    {
        var length = Begin(writer, element);
        writer.Text(text.Length % 2 == 0 ? text : text + " ");
        writer.End(length);
    }

    private static void UInt16(FieldWriter writer, int element, int value)
    {
        var length = Begin(writer, element);
        writer.UInt16(value);
        writer.End(length);
    }

    private static void UInt32(FieldWriter writer, int element, uint value)
    {
        var length = Begin(writer, element);
        writer.UInt32(value);
        writer.End(length);
    }

    private static FieldWriter.LengthField Begin(FieldWriter writer, int element)
    {
        writer.UInt16(0);
        writer.UInt16(element);
        return writer.Begin(4);
    }
}
