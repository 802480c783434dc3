using System.Buffers.Binary;
using System.Text;
using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.DataSets;

/// <summary>Bytes of elements written by hand, apart from the library's writer, so that one can be held against the other.</summary>
internal static class EncodedBytes
{
    public const uint Undefined = 0xFFFFFFFF;

    private static readonly string[] ShortVRs =
        ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"];

    public static byte[] Implicit(uint tag, byte[] value) => [.. Tag(tag), .. UInt32((uint)value.Length), .. value];

    public static byte[] Implicit(uint tag, string text) => Implicit(tag, Ascii(text));

    public static byte[] Explicit(uint tag, string vr, byte[] value, bool bigEndian = false)
    {
        byte[] length = ShortVRs.Contains(vr)
            ? UInt16((ushort)value.Length, bigEndian)
            : [0, 0, .. UInt32((uint)value.Length, bigEndian)];
        return [.. Tag(tag, bigEndian), .. Encoding.ASCII.GetBytes(vr), .. length, .. value];
    }

    public static byte[] Explicit(uint tag, string vr, string text, bool bigEndian = false) => Explicit(tag, vr, Ascii(text), bigEndian);

    public static byte[] ExplicitUndefined(uint tag, string vr, params byte[][] items) =>
    [
        .. Tag(tag), .. Encoding.ASCII.GetBytes(vr), 0, 0, .. UInt32(Undefined),
        .. items.SelectMany(item => item),
        .. Delimitation(0xFFFEE0DD),
    ];

    public static byte[] ImplicitUndefined(uint tag, params byte[][] items) =>
        [.. Tag(tag), .. UInt32(Undefined), .. items.SelectMany(item => item), .. Delimitation(0xFFFEE0DD)];

    public static byte[] Item(params byte[][] elements)
    {
        byte[] content = [.. elements.SelectMany(element => element)];
        return [.. Tag(0xFFFEE000), .. UInt32((uint)content.Length), .. content];
    }

    public static byte[] ItemUndefined(params byte[][] elements) =>
        [.. Tag(0xFFFEE000), .. UInt32(Undefined), .. elements.SelectMany(element => element), .. Delimitation(0xFFFEE00D)];

    public static byte[] Delimitation(uint tag) => [.. Tag(tag), .. UInt32(0)];

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Tag(uint tag, bool bigEndian = false) =>
        [.. UInt16((ushort)(tag >> 16), bigEndian), .. UInt16((ushort)tag, bigEndian)];

    public static byte[] UInt16(ushort value, bool bigEndian = false)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return bytes;
    }

    public static byte[] UInt32(uint value, bool bigEndian = false)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return bytes;
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + " ");

    public static DicomDataSet Parse(byte[] bytes, string transferSyntax = DicomUids.ExplicitVRLittleEndian) =>
        new(EncodedDataSet.FromMemory(bytes, transferSyntax), meta: null);

    public static byte[] ToArray(this EncodedDataSet encoded) => ByteRange.Of(encoded).ToArray();
}
