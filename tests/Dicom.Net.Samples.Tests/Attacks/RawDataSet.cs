using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.Samples.Tests.Attacks;

/// <summary>A data set in explicit VR little endian with elements as no honest program writes them.</summary>
internal sealed class RawDataSet
{
    private static readonly string[] ShortLength =
        ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"];

    private readonly SortedDictionary<DicomTag, byte[]> _elements = [];

    /// <summary>Every VR of PS3.5 §6.2, and one that there is not.</summary>
    public static string[] VRs { get; } =
        [.. Enum.GetValues<DicomVR>().Select(vr => vr.ToString()).Where(name => name.Length == 2), "ZZ"];

    /// <summary>So many values, as a VR should have them.</summary>
    public static byte[] ValuesOf(string vr, int count) => vr switch
    {
        "SQ" => [.. Enumerable.Repeat<byte[]>([0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0], count).SelectMany(item => item)],
        "US" or "SS" or "OW" => new byte[2 * count],
        "UL" or "SL" or "FL" or "AT" or "OF" or "OL" => new byte[4 * count],
        "FD" or "UV" or "SV" or "OD" or "OV" => new byte[8 * count],
        _ => Encoding.ASCII.GetBytes(string.Join('\\', Enumerable.Repeat("1.5", count)) + (count % 2 == 1 ? " " : "")),
    };

    public RawDataSet With(DicomTag tag, string vr, byte[] value)
    {
        // PS3.5 §7.1.2: two bytes of length, or two that are reserved and four.
        var header = new byte[ShortLength.Contains(vr) ? 8 : 12];
        BinaryPrimitives.WriteUInt16LittleEndian(header, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), tag.Element);
        Encoding.ASCII.GetBytes(vr).CopyTo(header, 4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(header.Length == 8 ? 6 : 8), (ushort)value.Length);
        _elements[tag] = [.. header, .. value];
        return this;
    }

    public RawDataSet With(DicomTag tag, string vr, string value) =>
        With(tag, vr, Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + (vr == "UI" ? '\0' : ' ')));

    /// <summary>A sequence without its end.</summary>
    public RawDataSet WithUndefinedLength(DicomTag tag, byte[] items)
    {
        With(tag, "SQ", items);
        _elements[tag].AsSpan(8, 4).Fill(0xFF);
        return this;
    }

    /// <summary>Opens it from a file: as it is written there, and not as the library would.</summary>
    public DicomDataSet Open(TestFolder folder)
    {
        var path = folder.PathOf(Path.GetRandomFileName());
        byte[] transferSyntax = [2, 0, 0x10, 0, .. "UI"u8, 20, 0, .. Encoding.ASCII.GetBytes(DicomUids.ExplicitVRLittleEndian), 0];
        File.WriteAllBytes(path, [.. new byte[128], .. "DICM"u8, .. transferSyntax, .. _elements.Values.SelectMany(element => element)]);
        return DicomDataSet.Load(path);
    }
}
