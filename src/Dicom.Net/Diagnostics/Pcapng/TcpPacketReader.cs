using System.Buffers.Binary;
using System.Net;

namespace Dicom.Net.Diagnostics;

/// <summary>Reads the TCP segment of an IP packet: IPv4 (RFC 791) or IPv6 (RFC 8200), whole and without extension headers.</summary>
internal static class TcpPacketReader
{
    private const int IPv4HeaderSize = 20;
    private const int IPv6HeaderSize = 40;
    private const int TcpHeaderSize = 20;
    private const byte TcpProtocol = 6;

    /// <param name="packet">The packet, and what pads it on its link.</param>
    /// <param name="segment">The segment, with a copy of what it carries; its time is not known here.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out CapturedSegment segment)
    {
        segment = default;
        return (packet.IsEmpty ? 0 : packet[0] >> 4) switch
        {
            4 => TryReadIPv4(packet, out segment),
            6 => TryReadIPv6(packet, out segment),
            _ => false,
        };
    }

    private static bool TryReadIPv4(ReadOnlySpan<byte> packet, out CapturedSegment segment)
    {
        segment = default;
        if (packet.Length < IPv4HeaderSize || packet[9] != TcpProtocol)
        {
            return false;
        }

        var header = (packet[0] & 0x0F) * 4;
        var length = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        return header >= IPv4HeaderSize && length >= header && length <= packet.Length
            && TryReadTcp(new(packet[12..16]), new(packet[16..20]), packet[header..length], out segment);
    }

    private static bool TryReadIPv6(ReadOnlySpan<byte> packet, out CapturedSegment segment)
    {
        segment = default;
        if (packet.Length < IPv6HeaderSize || packet[6] != TcpProtocol)
        {
            return false;
        }

        var length = IPv6HeaderSize + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        return length <= packet.Length
            && TryReadTcp(new(packet[8..24]), new(packet[24..40]), packet[IPv6HeaderSize..length], out segment);
    }

    private static bool TryReadTcp(IPAddress from, IPAddress to, ReadOnlySpan<byte> tcp, out CapturedSegment segment)
    {
        segment = default;
        var header = tcp.Length < TcpHeaderSize ? int.MaxValue : (tcp[12] >> 4) * 4;
        if (header < TcpHeaderSize || header > tcp.Length)
        {
            return false;
        }

        segment = new(
            default,
            new(from, BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            new(to, BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            (TcpFlags)tcp[13],
            BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]))
        {
            Array = tcp[header..].ToArray(),
            Length = tcp.Length - header,
        };
        return true;
    }
}
