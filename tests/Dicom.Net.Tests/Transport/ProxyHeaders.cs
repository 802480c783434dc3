using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Dicom.Net.Tests.Transport;

/// <summary>Headers of the PROXY protocol, written without the library's own reader in mind: as its text has them.</summary>
internal static class ProxyHeaders
{
    public const int Tcp4 = 0x11, Tcp6 = 0x21;

    /// <summary>The twelve bytes of §2.2.</summary>
    public static byte[] Signature { get; } = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public static byte[] LocalCommand { get; } = Block(0x20, 0x00);

    public static byte[] Line(string line) => Encoding.Latin1.GetBytes(line + "\r\n");

    /// <summary>A header of version 2.</summary>
    public static byte[] Block(int versionAndCommand, int family, params byte[][] parts)
    {
        byte[] rest = [.. parts.SelectMany(part => part)];
        return [.. Signature, (byte)versionAndCommand, (byte)family, (byte)(rest.Length >> 8), (byte)rest.Length, .. rest];
    }

    /// <summary>One that passes on a TCP connection.</summary>
    public static byte[] Proxied(string source, string destination, params byte[][] tlvs)
    {
        var (from, to) = (IPEndPoint.Parse(source), IPEndPoint.Parse(destination));
        return Block(0x21, from.Address.GetAddressBytes().Length == 4 ? Tcp4 : Tcp6, [Addresses(from, to), .. tlvs]);
    }

    public static byte[] Addresses(IPEndPoint source, IPEndPoint destination) =>
    [
        .. source.Address.GetAddressBytes(), .. destination.Address.GetAddressBytes(),
        (byte)(source.Port >> 8), (byte)source.Port, (byte)(destination.Port >> 8), (byte)destination.Port,
    ];

    public static byte[] Tlv(int type, params byte[] value) => [(byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    public static byte[] Tlv(int type, string text) => Tlv(type, Encoding.UTF8.GetBytes(text));

    /// <summary>PP2_TYPE_SSL of a peer with TLS, and a certificate where there is a name.</summary>
    public static byte[] Tls(uint verify, int client, string? commonName = null) => Tlv(
        0x20,
        [
            (byte)client, (byte)(verify >> 24), (byte)(verify >> 16), (byte)(verify >> 8), (byte)verify,
            .. Tlv(0x21, "TLSv1.3"), .. Tlv(0x23, "TLS_AES_256_GCM_SHA384"), .. Tlv(0x24, "RSA-SHA256"), .. Tlv(0x25, "RSA2048"),
            .. commonName is null ? [] : Tlv(0x22, commonName),
        ]);

    /// <summary>The same header with its check sum, which it has room for at the end.</summary>
    public static byte[] WithCheckSum(string source, string destination, params byte[][] tlvs)
    {
        var header = Proxied(source, destination, [.. tlvs, Tlv(0x03, 0, 0, 0, 0)]);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(header.Length - 4), Crc32C(header));
        return header;
    }

    /// <summary>Bit by bit, as the polynomial 1EDC6F41H says, reflected.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return ~crc;
    }
}
