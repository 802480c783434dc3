using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.Diagnostics;

/// <summary>Writes the blocks of a pcapng file (IETF draft-ietf-opsawg-pcapng), in little endian.</summary>
internal static class PcapngBlocks
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint InterfaceStatistics = 5;
    private const uint EnhancedPacket = 6;

    /// <summary>LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header.</summary>
    private const ushort RawIP = 101;

    /// <summary>Type and length before, length behind.</summary>
    private const int Frame = 12;

    /// <summary>Packet blocks have this many bytes besides the packet, its padding, and a count of what was dropped before.</summary>
    private const int PacketFields = 20;

    private const int CountOption = 4 + 8;
    private const int EndOfOptions = 4;

    /// <summary>What every file begins with: who wrote it, and an interface of raw IP whose clock counts 100 ns.</summary>
    public static void WriteBeginning(IBufferWriter<byte> output, string application)
    {
        var name = Encoding.UTF8.GetBytes(application);
        var section = Begin(output, SectionHeader, 16 + 4 + Padded(name.Length) + EndOfOptions);
        BinaryPrimitives.WriteUInt32LittleEndian(section, 0x1A2B3C4D); // Tells the byte order.
        BinaryPrimitives.WriteUInt16LittleEndian(section[4..], 1); // Version 1.0.
        BinaryPrimitives.WriteInt64LittleEndian(section[8..], -1); // How long the section will be is not known.
        WriteOption(section[16..], 4, name); // shb_userappl

        var link = Begin(output, InterfaceDescription, 8 + 8 + EndOfOptions);
        BinaryPrimitives.WriteUInt16LittleEndian(link, RawIP);
        WriteOption(link[8..], 9, [7]); // if_tsresol: 10^-7 s, which are .NET's ticks.
    }

    /// <summary>The length of the block of a packet.</summary>
    public static int PacketBlockLength(int packet, bool countsDropped) =>
        Frame + PacketFields + Padded(packet) + (countsDropped ? CountOption + EndOfOptions : 0);

    /// <summary>Begins the block of a packet, which the caller then writes.</summary>
    /// <returns>Room for the packet.</returns>
    public static Span<byte> BeginPacket(IBufferWriter<byte> output, DateTimeOffset time, int length, long droppedBefore)
    {
        var block = Begin(output, EnhancedPacket, PacketBlockLength(length, droppedBefore > 0) - Frame);
        WriteTime(block[4..], time);
        BinaryPrimitives.WriteInt32LittleEndian(block[12..], length);
        BinaryPrimitives.WriteInt32LittleEndian(block[16..], length);
        if (droppedBefore > 0)
        {
            WriteCount(block[(PacketFields + Padded(length))..], 4, droppedBefore); // epb_dropcount
        }

        return block.Slice(PacketFields, length);
    }

    /// <summary>What a file ends with: how many packets there were, and how many of them were left out.</summary>
    public static void WriteStatistics(IBufferWriter<byte> output, DateTimeOffset time, long received, long dropped)
    {
        var block = Begin(output, InterfaceStatistics, 12 + CountOption + CountOption + EndOfOptions);
        WriteTime(block[4..], time);
        WriteCount(block[12..], 4, received); // isb_ifrecv
        WriteCount(block[(12 + CountOption)..], 5, dropped); // isb_ifdrop
    }

    /// <returns>Room for the body, all zero.</returns>
    private static Span<byte> Begin(IBufferWriter<byte> output, uint type, int bodyLength)
    {
        var length = Frame + bodyLength;
        var block = output.GetSpan(length)[..length];
        block.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], length);
        BinaryPrimitives.WriteInt32LittleEndian(block[^4..], length);
        output.Advance(length);
        return block[8..^4];
    }

    private static void WriteTime(Span<byte> field, DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)(ticks >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(field[4..], (uint)ticks);
    }

    private static void WriteCount(Span<byte> option, ushort code, long count)
    {
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, count);
        WriteOption(option, code, value);
    }

    private static void WriteOption(Span<byte> option, ushort code, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(option, code);
        BinaryPrimitives.WriteUInt16LittleEndian(option[2..], (ushort)value.Length);
        value.CopyTo(option[4..]);
    }

    private static int Padded(int length) => (length + 3) & ~3;
}
