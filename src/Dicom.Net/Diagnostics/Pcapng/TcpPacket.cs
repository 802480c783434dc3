using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Diagnostics;

/// <summary>Writes the IP packet of a TCP segment: IPv4 (RFC 791) or IPv6 (RFC 8200), with right lengths and checksums.</summary>
internal static class TcpPacket
{
    private const int IPv4HeaderSize = 20;
    private const int IPv6HeaderSize = 40;
    private const int TcpHeaderSize = 20;
    private const byte TcpProtocol = 6;

    /// <summary>How much longer a packet is than what it carries.</summary>
    public static int HeadersSize(IPEndPoint from) => NetworkHeaderSize(from) + TcpHeaderSize;

    /// <param name="segment">What to send.</param>
    /// <param name="packet">Room for headers and payload, exactly.</param>
    public static void Write(in CapturedSegment segment, Span<byte> packet)
    {
        var isIPv4 = segment.From.AddressFamily == AddressFamily.InterNetwork;
        var tcp = packet[NetworkHeaderSize(segment.From)..];
        WriteTcp(segment, tcp);
        if (isIPv4)
        {
            WriteIPv4(segment, packet);
        }
        else
        {
            WriteIPv6(segment, packet);
        }

        // Over the addresses too, which stand side by side in either header (RFC 9293 §3.1; RFC 8200 §8.1).
        var addresses = isIPv4 ? packet[12..20] : packet[8..40];
        var sum = Sum(addresses) + TcpProtocol + (uint)tcp.Length + Sum(tcp);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(sum));
    }

    private static int NetworkHeaderSize(IPEndPoint from) =>
        from.AddressFamily == AddressFamily.InterNetwork ? IPv4HeaderSize : IPv6HeaderSize;

    private static void WriteIPv4(in CapturedSegment segment, Span<byte> packet)
    {
        var header = packet[..IPv4HeaderSize];
        header.Clear();
        header[0] = 0x45; // Version 4, five words.
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
        header[6] = 0x40; // Don't fragment.
        header[8] = 64; // Time to live: arbitrary.
        header[9] = TcpProtocol;
        segment.From.Address.TryWriteBytes(header[12..], out _);
        segment.To.Address.TryWriteBytes(header[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(Sum(header)));
    }

    private static void WriteIPv6(in CapturedSegment segment, Span<byte> packet)
    {
        packet[..8].Clear();
        packet[0] = 0x60; // Version 6.
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - IPv6HeaderSize));
        packet[6] = TcpProtocol;
        packet[7] = 64; // Hop limit: arbitrary.
        segment.From.Address.TryWriteBytes(packet[8..], out _);
        segment.To.Address.TryWriteBytes(packet[24..], out _);
    }

    private static void WriteTcp(in CapturedSegment segment, Span<byte> tcp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)segment.From.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)segment.To.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], segment.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], segment.Acknowledgment);
        tcp[12] = TcpHeaderSize / 4 << 4;
        tcp[13] = (byte)segment.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue); // Window: as wide as can be said.
        BinaryPrimitives.WriteUInt32BigEndian(tcp[16..], 0); // Checksum, which comes last, and urgent pointer.
        segment.Payload.CopyTo(tcp[TcpHeaderSize..]);
    }

    /// <summary>The sum of 16-bit words; at most 64 KiB of them, which 32 bits hold.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.IsEmpty ? sum : sum + ((uint)bytes[0] << 8);
    }

    /// <summary>The carries are added in, twice as adding may carry anew; then all bits are turned (RFC 1071).</summary>
    private static ushort Checksum(uint sum)
    {
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
