using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>The sub-items of user information (PS3.7 §D.3.3), but for the two that are always there.</summary>
internal static class UserInformationGrammar
{
    public static void Any(FieldWriter writer, FuzzRandom random, PduType type)
    {
        switch (random.Next(8))
        {
            case 0:
                Window(writer, random);
                break;
            case 1 or 2:
                Role(writer, random);
                break;
            case 3:
                PduGrammar.Item(writer, 0x55, "FUZZ_1");
                break;
            case 4:
                Extended(writer, random);
                break;
            case 5:
                CommonExtended(writer, random);
                break;
            case 6:
                Identity(writer, random, type);
                break;
            default:
                var other = PduGrammar.BeginItem(writer, random.Next(0x5A, 0x100));
                writer.Bytes(random.NextBytes(random.Next(20)));
                writer.End(other);
                break;
        }
    }

    private static void Window(FieldWriter writer, FuzzRandom random)
    {
        var length = PduGrammar.BeginItem(writer, 0x53);
        writer.UInt16(random.Next(4));
        writer.UInt16(random.Next(4));
        writer.End(length);
    }

    private static void Role(FieldWriter writer, FuzzRandom random)
    {
        var length = PduGrammar.BeginItem(writer, 0x54);
        Counted(writer, random.Pick(PduGrammar.AbstractSyntaxes));
        writer.UInt8(random.Next(2));
        writer.UInt8(random.Next(2));
        writer.End(length);
    }

    private static void Extended(FieldWriter writer, FuzzRandom random)
    {
        var length = PduGrammar.BeginItem(writer, 0x56);
        Counted(writer, random.Pick(PduGrammar.AbstractSyntaxes));
        writer.Bytes(random.NextBytes(random.Next(8)));
        writer.End(length);
    }

    private static void CommonExtended(FieldWriter writer, FuzzRandom random)
    {
        var length = PduGrammar.BeginItem(writer, 0x57);
        Counted(writer, random.Pick(PduGrammar.AbstractSyntaxes));
        Counted(writer, "1.2.840.10008.4.2");
        var related = writer.Begin(2);
        for (var count = random.Next(3); count > 0; count--)
        {
            Counted(writer, random.Pick(PduGrammar.AbstractSyntaxes));
        }

        writer.End(related);
        writer.End(length);
    }

    private static void Identity(FieldWriter writer, FuzzRandom random, PduType type)
    {
        var length = PduGrammar.BeginItem(writer, type == PduType.AAssociateRq ? 0x58 : 0x59);
        if (type == PduType.AAssociateRq)
        {
            writer.UInt8(random.Next(1, 6));
            writer.UInt8(random.Next(2));
            Counted(writer, "user");
        }

        Counted(writer, random.Pick(["", "pass"]));
        writer.End(length);
    }

    private static void Counted(FieldWriter writer, string text)
    {
        var length = writer.Begin(2);
        writer.Text(text);
        writer.End(length);
    }
}
