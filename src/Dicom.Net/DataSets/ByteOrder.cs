using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dicom.Net.DataSets;

/// <summary>Turns words round between little and big endian (PS3.5 §7.3).</summary>
internal static class ByteOrder
{
    /// <summary>Reverses every word; bytes after the last whole word stay.</summary>
    public static void Reverse(Span<byte> bytes, int wordSize)
    {
        switch (wordSize)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
