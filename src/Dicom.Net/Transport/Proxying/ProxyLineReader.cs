using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dicom.Net.Transport;

/// <summary>Version 1 of the PROXY header, a line of text (§2.1): <c>PROXY TCP4 192.0.2.1 192.0.2.2 50000 104</c>, CR, LF.</summary>
internal static class ProxyLineReader
{
    /// <summary>The longest line, with its CR LF (§2.1).</summary>
    private const int MostBytes = 107;

    // The tail of an IPv6 address that stands for an IPv4 one may have dots (RFC 4291 §2.2): so inet_ntop writes it, and proxies with it.
    private static readonly SearchValues<char> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static ReadOnlySpan<byte> Beginning => "PROXY "u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <inheritdoc cref="ProxyHeaderReader.LengthOf"/>
    public static int? LengthOf(ReadOnlySpan<byte> begun)
    {
        if (!begun.StartsWith(Beginning[..Math.Min(begun.Length, Beginning.Length)]))
        {
            throw new ProxyHeaderException($"what came is no PROXY header, which begins with 50H or 0DH: it begins with {begun[0]:X2}H");
        }

        var end = begun[..Math.Min(begun.Length, MostBytes)].IndexOf(LineEnd[^1]);
        return end >= 0 ? end + 1
            : begun.Length < MostBytes ? null
            : throw new ProxyHeaderException($"the line has no end within {MostBytes} bytes");
    }

    /// <inheritdoc cref="ProxyHeaderReader.Read"/>
    public static DicomProxyHeader Read(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith(LineEnd))
        {
            throw new ProxyHeaderException("the line does not end with CR LF");
        }

        var fields = Encoding.Latin1.GetString(line[..^LineEnd.Length]).Split(' ');
        return fields switch
        {
            // What follows, the receiver must ignore.
            [_, "UNKNOWN", ..] => new() { Version = 1 },
            [_, "TCP4", var source, var destination, var sourcePort, var destinationPort] =>
                Between(IPv4(source), IPv4(destination), sourcePort, destinationPort),
            [_, "TCP6", var source, var destination, var sourcePort, var destinationPort] =>
                Between(IPv6(source), IPv6(destination), sourcePort, destinationPort),
            _ => throw new ProxyHeaderException("the line is neither UNKNOWN nor TCP4 or TCP6 with two addresses and two ports"),
        };
    }

    private static DicomProxyHeader Between(IPAddress source, IPAddress destination, string sourcePort, string destinationPort) => new()
    {
        Version = 1,
        Source = new IPEndPoint(source, Number(sourcePort, ushort.MaxValue)).Unmapped(),
        Destination = new IPEndPoint(destination, Number(destinationPort, ushort.MaxValue)).Unmapped(),
    };

    private static IPAddress IPv4(string text) => text.Split('.') is { Length: 4 } parts
        ? new([.. parts.Select(part => (byte)Number(part, byte.MaxValue))])
        : throw new ProxyHeaderException("an address is not the IPv4 address that it should be");

    // The platform's parser would take more: scopes, brackets, ports.
    private static IPAddress IPv6(string text) =>
        !text.AsSpan().ContainsAnyExcept(IPv6Characters)
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? address
            : throw new ProxyHeaderException("an address is not the IPv6 address that it should be");

    /// <summary>Heading zeroes are not permitted (§2.1): some would read 010 as eight.</summary>
    private static int Number(string text, int most) =>
        text is "0" or [>= '1' and <= '9', ..] && text.Length <= 5
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new ProxyHeaderException($"a number is not one from 0 to {most}");
}
