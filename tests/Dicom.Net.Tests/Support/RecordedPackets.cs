using System.Buffers.Binary;
using System.Net;

namespace Dicom.Net.Tests.Support;

/// <summary>Reads a pcapng file of raw IP packets; what is not as the formats demand fails the test.</summary>
internal sealed class RecordedPackets
{
    private RecordedPackets(byte[] file)
    {
        for (var rest = file.AsSpan(); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
            Assert.Equal(0, length % 4);
            Assert.Equal(length, BinaryPrimitives.ReadInt32LittleEndian(rest[(length - 4)..]));
            Read(BinaryPrimitives.ReadUInt32LittleEndian(rest), rest[8..(length - 4)]);
            rest = rest[length..];
        }
    }

    public List<Packet> Packets { get; } = [];

    /// <summary>The type of every block, in order.</summary>
    public List<uint> Blocks { get; } = [];

    /// <summary>What the last statistics say was left out.</summary>
    public long Dropped { get; private set; }

    public static RecordedPackets Read(string path) => new(File.ReadAllBytes(path));

    /// <summary>The bytes that went from a port, put together by their sequence numbers; where some are missing there are zeros.</summary>
    public byte[] StreamOf(int port)
    {
        var packets = Packets.Where(packet => packet.From.Port == port && packet.Payload.Length > 0).ToList();
        var stream = new byte[packets.Count == 0 ? 0 : packets.Max(packet => packet.Sequence - 1 + packet.Payload.Length)];
        packets.ForEach(packet => packet.Payload.CopyTo(stream, packet.Sequence - 1));
        return stream;
    }

    private void Read(uint type, ReadOnlySpan<byte> body)
    {
        Blocks.Add(type);
        switch (type)
        {
            case 0x0A0D0D0A:
                Assert.Equal(0x1A2B3C4Du, BinaryPrimitives.ReadUInt32LittleEndian(body));
                break;
            case 1:
                Assert.Equal(101, BinaryPrimitives.ReadUInt16LittleEndian(body));
                break;
            case 5:
                Dropped = BinaryPrimitives.ReadInt64LittleEndian(body[(12 + 12 + 4)..]);
                break;
            case 6:
                Packets.Add(ReadPacket(body));
                break;
        }
    }

    private static Packet ReadPacket(ReadOnlySpan<byte> body)
    {
        var ticks = ((long)BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(body[8..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(body[12..]);
        Assert.Equal(length, BinaryPrimitives.ReadInt32LittleEndian(body[16..]));
        var packet = body.Slice(20, length);
        return packet[0] >> 4 == 4 ? ReadIPv4(packet, ticks) : ReadIPv6(packet, ticks);
    }

    private static Packet ReadIPv4(ReadOnlySpan<byte> packet, long ticks)
    {
        Assert.Equal(0x45, packet[0]);
        Assert.Equal(packet.Length, BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        Assert.Equal(0xFFFF, Sum(packet[..20]));
        return ReadTcp(new(packet[12..16]), new(packet[16..20]), Sum(packet[12..20]), packet[20..], ticks);
    }

    private static Packet ReadIPv6(ReadOnlySpan<byte> packet, long ticks)
    {
        Assert.Equal(packet.Length - 40, BinaryPrimitives.ReadUInt16BigEndian(packet[4..]));
        Assert.Equal(6, packet[6]);
        return ReadTcp(new(packet[8..24]), new(packet[24..40]), Sum(packet[8..40]), packet[40..], ticks);
    }

    private static Packet ReadTcp(IPAddress from, IPAddress to, int sumOfAddresses, ReadOnlySpan<byte> tcp, long ticks)
    {
        // What is summed up with its own checksum has all bits set (RFC 1071).
        Assert.Equal(0xFFFF, Folded(sumOfAddresses + 6 + tcp.Length + Sum(tcp)));
        return new(
            DateTimeOffset.UnixEpoch.AddTicks(ticks),
            new(from, BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            new(to, BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            (int)BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            (int)BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            FlagsOf(tcp[13]),
            tcp[20..].ToArray());
    }

    private static string FlagsOf(byte flags) => string.Concat(
        (flags & 2) != 0 ? "S" : "", (flags & 1) != 0 ? "F" : "", (flags & 4) != 0 ? "R" : "", (flags & 8) != 0 ? "P" : "",
        (flags & 16) != 0 ? "." : "");

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            sum += i % 2 == 0 ? bytes[i] << 8 : bytes[i];
        }

        return Folded(sum);
    }

    private static int Folded(int sum)
    {
        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return sum;
    }

    /// <summary>One TCP segment; its flags as tcpdump writes them.</summary>
    public sealed record Packet(
        DateTimeOffset Time, IPEndPoint From, IPEndPoint To, int Sequence, int Acknowledgment, string Flags, byte[] Payload);
}
