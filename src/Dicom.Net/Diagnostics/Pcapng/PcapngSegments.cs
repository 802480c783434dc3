using System.Buffers.Binary;

namespace Dicom.Net.Diagnostics;

/// <summary>
/// Reads the TCP segments of a pcapng file (IETF draft-ietf-opsawg-pcapng) in little endian, as <see cref="PcapngTrace"/> and most other programs
/// write it. What is no TCP over IP is passed over.
/// </summary>
internal sealed class PcapngSegments
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;

    /// <summary>Type and length before, length behind.</summary>
    private const int Frame = 12;

    /// <summary>The fields of a packet block before the packet.</summary>
    private const int PacketFields = 20;

    /// <summary>Arbitrary: an IP packet has 64 KiB at most, and nobody writes so many options.</summary>
    private const int LongestBlock = 1024 * 1024;

    private readonly List<(ushort LinkType, long UnitsPerSecond)> _interfaces = [];

    /// <summary>The segments in the order of the file. A file that ends within a block was cut, and ends before it.</summary>
    /// <exception cref="InvalidDataException">It is no pcapng file, or of another byte order, or damaged; the message says which.</exception>
    public IEnumerable<CapturedSegment> Read(Stream file)
    {
        var head = new byte[8];
        for (var isFirst = true; file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length; isFirst = false)
        {
            var type = BinaryPrimitives.ReadUInt32LittleEndian(head);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (isFirst && type != SectionHeader)
            {
                throw new InvalidDataException(
                    IsPcap(type) || IsPcap(BinaryPrimitives.ReverseEndianness(type))
                        ? "It is no pcapng file, but one of its forerunner pcap, as tcpdump writes: make one of it with editcap -F pcapng FILE NEW."
                        : "It is no pcapng file.");
            }

            if (length is < Frame or > LongestBlock || length % 4 != 0)
            {
                throw new InvalidDataException(
                    type == SectionHeader
                        ? "It is a pcapng file in big endian, which is not read, or damaged."
                        : $"It is damaged: a block claims {length} bytes.");
            }

            var rest = new byte[length - head.Length];
            if (file.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length)
            {
                yield break;
            }

            if (Read(type, rest.AsSpan(0, rest.Length - 4)) is { } segment)
            {
                yield return segment;
            }
        }
    }

    /// <summary>How files of the older format begin (libpcap, pcap-savefile): with times in microseconds, and in nanoseconds.</summary>
    private static bool IsPcap(uint magic) => magic is 0xA1B2C3D4 or 0xA1B23C4D;

    private CapturedSegment? Read(uint type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case SectionHeader:
                _interfaces.Clear();
                return body.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(body) == 0x1A2B3C4D
                    ? null
                    : throw new InvalidDataException("It is a pcapng file in big endian, which is not read.");
            case InterfaceDescription when body.Length >= 8:
                _interfaces.Add((BinaryPrimitives.ReadUInt16LittleEndian(body), UnitsPerSecond(body[8..])));
                return null;
            case EnhancedPacket when body.Length >= PacketFields:
                return ReadPacket(body);
            default:
                return null;
        }
    }

    private CapturedSegment? ReadPacket(ReadOnlySpan<byte> body)
    {
        var number = BinaryPrimitives.ReadUInt32LittleEndian(body);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(body[12..]);
        if (number >= _interfaces.Count || length > (uint)(body.Length - PacketFields))
        {
            throw new InvalidDataException("It is damaged: a packet is of no interface, or longer than its block.");
        }

        var (linkType, unitsPerSecond) = _interfaces[(int)number];
        var units = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(body[8..]);
        return TcpPacketReader.TryRead(LinkLayer.Strip(linkType, body.Slice(PacketFields, (int)length)), out var segment)
            ? segment with { Time = TimeOf(units, unitsPerSecond) }
            : null;
    }

    private static DateTimeOffset TimeOf(ulong units, long unitsPerSecond)
    {
        var ticks = (UInt128)units * TimeSpan.TicksPerSecond / (ulong)unitsPerSecond;
        var most = (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks((long)(ticks < most ? (ulong)ticks : most));
    }

    /// <summary>if_tsresol: a negative power of 10, or of 2 where the first bit is set; without it 10^-6.</summary>
    private static long UnitsPerSecond(ReadOnlySpan<byte> options)
    {
        while (options.Length >= 4)
        {
            var code = BinaryPrimitives.ReadUInt16LittleEndian(options);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(options[2..]);
            if (code == 9 && length == 1 && options.Length > 4)
            {
                var power = options[4] & 0x7F;
                return (options[4] & 0x80) != 0 ? 1L << Math.Min(power, 62) : (long)Math.Pow(10, Math.Min(power, 18));
            }

            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }

        return 1_000_000;
    }
}
