using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Dicom.Net.Transport;

/// <summary>What version 2 of the PROXY header tells behind the addresses: types, lengths and values (§2.2).</summary>
internal static class ProxyTlvReader
{
    private const byte Alpn = 0x01, Authority = 0x02, Crc32C = 0x03, UniqueId = 0x05, Ssl = 0x20, NetworkNamespace = 0x30;
    private const byte SslVersion = 0x21, SslCommonName = 0x22, SslCipher = 0x23, SslSignature = 0x24, SslKey = 0x25;

    // PP2_CLIENT_… (§2.2.6).
    private const int IsSsl = 1, CertificateOfConnection = 2, CertificateOfSession = 4;

    /// <summary>Type and length.</summary>
    private const int HeaderLength = 3;

    /// <summary>Of PP2_TYPE_SSL: its flags, and the result of the verification.</summary>
    private const int SslFixedLength = 5;

    private const int LongestUniqueId = 128; // §2.2.5

    /// <summary>Reads them all; those that nobody asks for are skipped.</summary>
    /// <param name="header">The whole header.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="told">What was told before them.</param>
    /// <exception cref="ProxyHeaderException">One is not as it must be, or the check sum is wrong.</exception>
    public static DicomProxyHeader Read(ReadOnlySpan<byte> header, int at, DicomProxyHeader told)
    {
        var isChecked = false;
        for (var rest = header[at..]; !rest.IsEmpty;)
        {
            var type = rest[0];
            var value = Take(ref rest);
            if (type == Crc32C)
            {
                Check(header, header.Length - rest.Length - value.Length, value, again: isChecked);
                isChecked = true;
            }

            told = type switch
            {
                Alpn => told with { ApplicationProtocol = Text(value) },
                Authority => told with { Authority = Text(value) },
                UniqueId => told with { UniqueId = Id(value) },
                NetworkNamespace => told with { NetworkNamespace = Text(value) },
                Ssl => told with { Tls = ReadTls(value) },
                _ => told,
            };
        }

        return told;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < HeaderLength)
        {
            throw new ProxyHeaderException($"{rest.Length} bytes at the end are too few to tell anything");
        }

        var (type, length) = (rest[0], BinaryPrimitives.ReadUInt16BigEndian(rest[1..]));
        if (length > rest.Length - HeaderLength)
        {
            throw new ProxyHeaderException($"what is told by type {type:X2}H has {length} bytes, and {rest.Length - HeaderLength} are left");
        }

        var value = rest.Slice(HeaderLength, length);
        rest = rest[(HeaderLength + length)..];
        return value;
    }

    /// <summary>The check sum is that of the whole header with zeroes in its own place (§2.2.3), CRC-32C as RFC 4960 Appendix B has it.</summary>
    private static void Check(ReadOnlySpan<byte> header, int at, ReadOnlySpan<byte> value, bool again)
    {
        if (value.Length != sizeof(uint) || again)
        {
            throw new ProxyHeaderException("it has a check sum that is none, or more than one");
        }

        var crc = uint.MaxValue;
        for (var i = 0; i < header.Length; i++)
        {
            crc = BitOperations.Crc32C(crc, i >= at && i < at + sizeof(uint) ? (byte)0 : header[i]);
        }

        if (~crc != BinaryPrimitives.ReadUInt32BigEndian(value))
        {
            throw new ProxyHeaderException("its check sum is not right");
        }
    }

    private static DicomProxyTls? ReadTls(ReadOnlySpan<byte> value)
    {
        if (value.Length < SslFixedLength)
        {
            throw new ProxyHeaderException($"what it tells of TLS has {value.Length} bytes, and needs {SslFixedLength}");
        }

        var client = value[0];
        var tls = new DicomProxyTls
        {
            HasCertificate = (client & CertificateOfConnection) != 0,
            HadCertificate = (client & CertificateOfSession) != 0,
            VerifyResult = BinaryPrimitives.ReadUInt32BigEndian(value[1..]),
        };
        for (var rest = value[SslFixedLength..]; !rest.IsEmpty;)
        {
            tls = With(tls, type: rest[0], Take(ref rest));
        }

        return (client & IsSsl) != 0 ? tls : null;
    }

    private static DicomProxyTls With(DicomProxyTls tls, byte type, ReadOnlySpan<byte> value) => type switch
    {
        SslVersion => tls with { Version = Text(value) },
        SslCommonName => tls with { CommonName = Text(value) },
        SslCipher => tls with { Cipher = Text(value) },
        SslSignature => tls with { SignatureAlgorithm = Text(value) },
        SslKey => tls with { KeyAlgorithm = Text(value) },
        _ => tls,
    };

    private static byte[] Id(ReadOnlySpan<byte> value) => value.Length <= LongestUniqueId
        ? value.ToArray()
        : throw new ProxyHeaderException($"its unique id has {value.Length} bytes, and may have {LongestUniqueId}");

    /// <summary>US-ASCII or UTF-8; what is neither becomes U+FFFD.</summary>
    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);
}
