using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>Files as PS3.10 §7.1 has them, with and without the preamble that some writers leave out.</summary>
internal static class FileGrammar
{
    public static byte[] Any(FuzzRandom random, int wrongField = -1)
    {
        var syntax = random.Pick<DicomTransferSyntax>(DataSetGrammar.Syntaxes);
        var elements = new FieldWriter(random, wrongField) { BigEndian = false };
        Element(elements, 0x0001, "OB", "\0\u0001");
        Element(elements, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.2\0");
        Element(elements, 0x0003, "UI", "1.2.3.4\0");
        Element(elements, 0x0010, "UI", syntax.Uid.Length % 2 == 0 ? syntax.Uid : syntax.Uid + "\0");
        Element(elements, 0x0012, "UI", "1.2.9\0");
        if (random.OneIn(2))
        {
            Element(elements, 0x0016, "AE", "FUZZ");
        }

        var file = new FieldWriter(random) { BigEndian = false };
        Beginning(file, random);
        file.UInt16(0x0002);
        file.UInt16(0x0000);
        file.Text("UL");
        file.UInt16(4);
        file.UInt32(random.OneIn(8) ? (uint)random.Next(2000) : (uint)elements.Count);
        file.Append(elements.ToArray());
        file.Append(DataSetGrammar.Any(random, syntax, random.OneIn(4) ? random.Next(60) : -1));
        return file.ToArray();
    }

    private static void Beginning(FieldWriter file, FuzzRandom random)
    {
        var kind = random.Next(6);
        if (kind > 1)
        {
            file.Bytes(new byte[128]);
        }

        if (kind > 0)
        {
            file.Text("DICM");
        }
    }

    private static void Element(FieldWriter writer, int element, string vr, string value)
    {
        writer.UInt16(0x0002);
        writer.UInt16(element);
        writer.Text(vr);
        if (vr == "OB")
        {
            writer.UInt16(0);
        }

        var length = writer.Begin(vr == "OB" ? 4 : 2);
        writer.Text(value);
        writer.End(length);
    }
}
