using System.Buffers.Binary;
using System.Net;

namespace Dicom.Net.Transport;

/// <summary>Version 2 of the PROXY header, which is binary (§2.2): 16 bytes, two addresses, and what else there is to tell.</summary>
internal static class ProxyBlockReader
{
    /// <summary>What the signature begins with, and version 1 does not.</summary>
    public const byte FirstByte = 0x0D;

    /// <summary>What comes before the addresses: signature, version and command, family and protocol, the length of the rest.</summary>
    private const int FixedLength = 16;

    /// <summary>
    /// The length field would let a header have 65,551 bytes. One that tells all there is to tell has some 500: "always smaller than an MSS"
    /// (§2.2). The precedent for this bound is nginx.
    /// </summary>
    private const int MostBytes = 4096;

    private const int VersionTwo = 2, Local = 0, Proxy = 1;
    private const int IPv4 = 1, IPv6 = 2, Unix = 3;
    private const int Stream = 1, Datagram = 2;

    private static ReadOnlySpan<byte> Signature => [FirstByte, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    /// <inheritdoc cref="ProxyHeaderReader.LengthOf"/>
    public static int? LengthOf(ReadOnlySpan<byte> begun)
    {
        if (!begun.StartsWith(Signature[..Math.Min(begun.Length, Signature.Length)]))
        {
            throw new ProxyHeaderException("what came is no PROXY header: the signature of version 2 is not right");
        }

        if (begun.Length > Signature.Length && begun[Signature.Length] >> 4 is not VersionTwo and var version)
        {
            throw new ProxyHeaderException($"it is of version {version}, which does not exist");
        }

        if (begun.Length < FixedLength)
        {
            return null;
        }

        var length = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(begun[(FixedLength - sizeof(ushort))..]);
        return length <= MostBytes ? length : throw new ProxyHeaderException($"it has {length} bytes, and at most {MostBytes} are taken");
    }

    /// <inheritdoc cref="ProxyHeaderReader.Read"/>
    public static DicomProxyHeader Read(ReadOnlySpan<byte> header)
    {
        switch (header[Signature.Length] & 0xF)
        {
            case Local:
                // Whatever else is there, the family included, is to be ignored.
                return new() { Version = VersionTwo, IsLocal = true };
            case Proxy:
                return ReadProxied(header);
            case var command:
                throw new ProxyHeaderException($"its command {command} does not exist");
        }
    }

    private static DicomProxyHeader ReadProxied(ReadOnlySpan<byte> header)
    {
        var (family, protocol) = (header[Signature.Length + 1] >> 4, header[Signature.Length + 1] & 0xF);
        if (family > Unix || protocol > Datagram)
        {
            throw new ProxyHeaderException($"its address family {family} or protocol {protocol} does not exist");
        }

        // Of an unspecified family nobody knows where the addresses end.
        var addressesLength = family switch { IPv4 => 12, IPv6 => 36, Unix => 216, _ => (int?)null };
        if (addressesLength is not { } length)
        {
            return new() { Version = VersionTwo };
        }

        if (header.Length < FixedLength + length)
        {
            throw new ProxyHeaderException($"its {header.Length} bytes are too few for the addresses");
        }

        // A receiver may treat what it does not support as unspecified; here that is all but TCP.
        var told = family != Unix && protocol == Stream ? Between(header.Slice(FixedLength, length)) : new() { Version = VersionTwo };
        return ProxyTlvReader.Read(header, FixedLength + length, told);
    }

    /// <summary>Two addresses, then two ports.</summary>
    private static DicomProxyHeader Between(ReadOnlySpan<byte> addresses)
    {
        var size = (addresses.Length - 2 * sizeof(ushort)) / 2;
        var ports = addresses[(2 * size)..];
        return new()
        {
            Version = VersionTwo,
            Source = EndPoint(addresses[..size], ports),
            Destination = EndPoint(addresses.Slice(size, size), ports[sizeof(ushort)..]),
        };
    }

    private static IPEndPoint EndPoint(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) =>
        new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(port)).Unmapped();
}
