using System.Globalization;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>Headers of the PROXY protocol, both versions, as its text has them.</summary>
internal static class ProxyGrammar
{
    private static readonly string[] Addresses4 = ["192.0.2.7", "198.51.100.1", "0.0.0.0", "255.255.255.255"];
    private static readonly string[] Addresses6 = ["2001:db8::7", "::1", "::ffff:192.0.2.7", "fe80::1", "2001:db8:0:1:2:3:4:5"];
    private static readonly string[] Texts = ["dicom", "pacs.example", "TLSv1.3", "CT 1", "", "\u001b[2J", "RSA-SHA256"];

    private static ReadOnlySpan<byte> Types => [0x01, 0x02, 0x04, 0x05, 0x30, 0xE0, 0xF0, 0xFF];

    /// <summary>One of either version.</summary>
    public static byte[] Any(FuzzRandom random, int wrongField = -1)
    {
        var writer = new FieldWriter(random, wrongField);
        if (random.OneIn(2))
        {
            Line(writer, random);
        }
        else
        {
            Block(writer, random);
        }

        return writer.ToArray();
    }

    private static void Line(FieldWriter writer, FuzzRandom random)
    {
        writer.Text("PROXY ");
        var family = random.Next(5);
        if (family == 0)
        {
            writer.Text("UNKNOWN");
        }
        else
        {
            var addresses = family < 3 ? Addresses4 : Addresses6;
            string[] fields = [family < 3 ? "TCP4" : "TCP6", random.Pick<string>(addresses), random.Pick<string>(addresses), Port(random), Port(random)];
            for (var i = 0; i < fields.Length; i++)
            {
                writer.Text(fields[i]);
                writer.Text(i < fields.Length - 1 ? " " : "");
            }
        }

        writer.Text("\r\n");
    }

    private static string Port(FuzzRandom random) => random.Next(65536).ToString(CultureInfo.InvariantCulture);

    private static void Block(FieldWriter writer, FuzzRandom random)
    {
        writer.Bytes([0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]);
        writer.UInt8(random.OneIn(6) ? 0x20 : 0x21);
        var family = random.Pick<byte>([0x11, 0x11, 0x21, 0x21, 0x12, 0x31, 0x00]);
        writer.UInt8(family);
        var length = writer.Begin(2);
        writer.Bytes(random.NextBytes((family >> 4) switch { 1 => 12, 2 => 36, 3 => 216, _ => 0 }));
        for (var count = random.Next(5); count > 0; count--)
        {
            Tlv(writer, random);
        }

        writer.End(length);
    }

    private static void Tlv(FieldWriter writer, FuzzRandom random)
    {
        if (!random.OneIn(3))
        {
            Tlv(writer, random, random.Pick(Types));
            return;
        }

        writer.UInt8(0x20);
        var length = writer.Begin(2);
        writer.UInt8(random.Next(8));
        writer.UInt32((uint)random.Next(2));
        for (var type = 0x21; type <= 0x25; type++)
        {
            Tlv(writer, random, type);
        }

        writer.End(length);
    }

    private static void Tlv(FieldWriter writer, FuzzRandom random, int type)
    {
        writer.UInt8(type);
        var length = writer.Begin(2);
        writer.Text(random.Pick<string>(Texts));
        writer.End(length);
    }
}
