using System.Net;
using System.Text;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>Both versions of the PROXY header, as their text has them, and as it does not.</summary>
public sealed class ProxyHeaderReaderTests
{
    private const string Peer = "192.0.2.7:50000", Front = "198.51.100.1:104";

    public static TheoryData<byte[]> WholeHeaders =>
    [
        ProxyHeaders.Line("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104"),
        ProxyHeaders.Line("PROXY TCP6 2001:db8::7 2001:db8::1 50000 104"),
        ProxyHeaders.Line("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"),
        ProxyHeaders.Line("PROXY UNKNOWN"),
        ProxyHeaders.Line("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"),
        ProxyHeaders.LocalCommand,
        ProxyHeaders.Proxied(Peer, Front),
        ProxyHeaders.Proxied("[2001:db8::7]:50000", "[2001:db8::1]:104", ProxyHeaders.Tls(0, 7, "CT 1")),
        ProxyHeaders.WithCheckSum(Peer, Front, ProxyHeaders.Tlv(0x05, "abc")),
    ];

    [Theory]
    [MemberData(nameof(WholeHeaders))]
    public void LengthOf_EveryBeginningOfAHeader_IsUnknownUntilItIsToldAndNeverTooLong(byte[] header)
    {
        byte[] stream = [.. header, .. "\r\n and what follows it, \r\nPROXY "u8];
        for (var come = 0; come <= stream.Length; come++)
        {
            var length = ProxyHeaderReader.LengthOf(stream.AsSpan(0, come));

            Assert.True(length is null ? come < header.Length : length == header.Length, $"After {come} bytes: {length}.");
        }

        Assert.NotNull(ProxyHeaderReader.Read(header));
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104", "192.0.2.7:50000", "198.51.100.1:104")]
    [InlineData("PROXY TCP4 0.0.0.0 255.255.255.255 0 65535", "0.0.0.0:0", "255.255.255.255:65535")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:DB8:0:0:0:0:0:1 50000 104", "[2001:db8::7]:50000", "[2001:db8::1]:104")]
    [InlineData("PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 50000 104", "192.0.2.7:50000", "198.51.100.1:104")]
    [InlineData("PROXY TCP6 ::ffff:c000:207 ::1 50000 104", "192.0.2.7:50000", "[::1]:104")]
    public void Line_OfTcp_TellsBothEnds(string line, string source, string destination)
    {
        var header = Read(ProxyHeaders.Line(line));

        Assert.Equal((1, false), (header.Version, header.IsLocal));
        Assert.Equal((IPEndPoint.Parse(source), IPEndPoint.Parse(destination)), (header.Source, header.Destination));
    }

    [Theory]
    [InlineData("PROXY UNKNOWN")]
    [InlineData("PROXY UNKNOWN ")]
    [InlineData("PROXY UNKNOWN 1.2.3.4 five six")]
    [InlineData("PROXY UNKNOWN \r \u00ff")]
    public void Line_Unknown_TellsNothing(string line)
    {
        var header = Read(ProxyHeaders.Line(line));

        Assert.Equal((1, false, null, null), (header.Version, header.IsLocal, header.Source, header.Destination));
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 50000")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104 ")]
    [InlineData("PROXY TCP4 192.0.2.7  198.51.100.1 50000 104")]
    [InlineData("PROXY TCP4 192.0.2.07 198.51.100.1 50000 104")]
    [InlineData("PROXY TCP4 192.0.2 198.51.100.1 50000 104")]
    [InlineData("PROXY TCP4 192.0.2.256 198.51.100.1 50000 104")]
    [InlineData("PROXY TCP4 192.0.2.0x7 198.51.100.1 50000 104")]
    [InlineData("PROXY TCP4 2001:db8::7 2001:db8::1 50000 104")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 050000 104")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 65536 104")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 -1 104")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 99999999999999999999 104")]
    [InlineData("PROXY TCP6 192.0.2.7 198.51.100.1 50000 104")]
    [InlineData("PROXY TCP6 fe80::1%1 2001:db8::1 50000 104")]
    [InlineData("PROXY TCP6 [2001:db8::7] 2001:db8::1 50000 104")]
    [InlineData("PROXY TCP6 2001:db8::7/64 2001:db8::1 50000 104")]
    [InlineData("PROXY TCP6 2001::db8::7 2001:db8::1 50000 104")]
    [InlineData("PROXY UDP4 192.0.2.7 198.51.100.1 50000 104")]
    [InlineData("PROXY tcp4 192.0.2.7 198.51.100.1 50000 104")]
    [InlineData("PROXY UNKNOWNS")]
    [InlineData("PROXY  UNKNOWN")]
    [InlineData("PROXY ")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104\r")]
    public void Line_NotAsItMustBe_IsRefused(string line) => AssertRefused(ProxyHeaders.Line(line));

    [Theory]
    [InlineData("PROXY UNKNOWN\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104\n")]
    [InlineData("PROXY\n")]
    [InlineData("proxy UNKNOWN\r\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\u0001\0\0\0\0\u00d0\0\u0001")] // An A-ASSOCIATE-RQ (PS3.8 §9.3.2).
    [InlineData("\u0016\u0003\u0001\u0002\0")] // A ClientHello (RFC 8446 §5.1).
    [InlineData("\r\n\r\n\0\r\nQUIT\r")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0011")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0001")]
    public void Beginning_OfSomethingElse_IsRefusedAsSoonAsItIsSeen(string text) => AssertRefused(Encoding.Latin1.GetBytes(text));

    [Fact]
    public void Line_WithoutEnd_IsRefusedAt107Bytes()
    {
        var line = Encoding.Latin1.GetBytes("PROXY UNKNOWN " + new string('x', 200));

        Assert.Null(ProxyHeaderReader.LengthOf(line.AsSpan(0, 106)));
        Assert.Throws<ProxyHeaderException>(() => ProxyHeaderReader.LengthOf(line.AsSpan(0, 107)));
        AssertRefused(ProxyHeaders.Line("PROXY UNKNOWN " + new string('x', 107 - 15)));
    }

    [Fact]
    public void Block_LongerThanAnyoneNeeds_IsRefusedWhenItSaysSo()
    {
        var header = ProxyHeaders.Block(0x21, ProxyHeaders.Tcp4, new byte[4096 - 15]);

        Assert.Null(ProxyHeaderReader.LengthOf(header.AsSpan(0, 15)));
        Assert.Throws<ProxyHeaderException>(() => ProxyHeaderReader.LengthOf(header.AsSpan(0, 16)));
        Assert.Equal(4096, ProxyHeaderReader.LengthOf(ProxyHeaders.Block(0x21, ProxyHeaders.Tcp4, new byte[4096 - 16])));
    }

    [Theory]
    [InlineData("192.0.2.7:50000", "198.51.100.1:104")]
    [InlineData("[2001:db8::7]:50000", "[2001:db8::1]:104")]
    public void Block_OfTcp_TellsBothEnds(string source, string destination)
    {
        var header = Read(ProxyHeaders.Proxied(source, destination));

        Assert.Equal((2, false), (header.Version, header.IsLocal));
        Assert.Equal((IPEndPoint.Parse(source), IPEndPoint.Parse(destination)), (header.Source, header.Destination));
        Assert.Equal((null, null, null, null, true), (header.Tls, header.Authority, header.ApplicationProtocol, header.NetworkNamespace, header.UniqueId.IsEmpty));
    }

    [Fact]
    public void Block_WithMappedAddresses_TellsIPv4() =>
        Assert.Equal(
            IPEndPoint.Parse("192.0.2.7:50000"),
            Read(ProxyHeaders.Proxied("[::ffff:192.0.2.7]:50000", "[::ffff:198.51.100.1]:104")).Source);

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x11)]
    [InlineData(0xFF)]
    public void Block_Local_IgnoresTheRest(int family)
    {
        var header = Read(ProxyHeaders.Block(0x20, family, [1, 2, 3, 4, 5]));

        Assert.Equal((2, true, null), (header.Version, header.IsLocal, header.Source));
    }

    [Theory]
    [InlineData(0x00, 0)]
    [InlineData(0x01, 7)] // Nobody knows where the addresses end.
    [InlineData(0x10, 12)]
    [InlineData(0x12, 12)] // UDP.
    [InlineData(0x22, 36)]
    [InlineData(0x31, 216)] // A socket of the proxy's own machine.
    [InlineData(0x32, 216)]
    public void Block_OfNoTcpPeer_TellsNoAddress(int family, int addressLength)
    {
        var header = Read(ProxyHeaders.Block(0x21, family, new byte[addressLength]));

        Assert.Equal((2, false, null, null), (header.Version, header.IsLocal, header.Source, header.Destination));
    }

    [Theory]
    [InlineData(0x22, 0x11, 12)] // A command that is none.
    [InlineData(0x21, 0x41, 12)] // A family that is none.
    [InlineData(0x21, 0x13, 12)] // A protocol that is none.
    [InlineData(0x21, 0x11, 11)]
    [InlineData(0x21, 0x21, 35)]
    [InlineData(0x21, 0x31, 215)]
    [InlineData(0x21, 0x11, 13)] // One or two bytes, which tell nothing.
    [InlineData(0x21, 0x11, 14)]
    public void Block_NotAsItMustBe_IsRefused(int versionAndCommand, int family, int length) =>
        AssertRefused(ProxyHeaders.Block(versionAndCommand, family, new byte[length]));

    [Fact]
    public void Block_WithAllThereIsToTell_TellsIt()
    {
        var header = Read(ProxyHeaders.WithCheckSum(
            Peer, Front, ProxyHeaders.Tlv(0x01, "dicom"), ProxyHeaders.Tlv(0x02, "pacs.example"), ProxyHeaders.Tlv(0x04, 0, 0, 0),
            ProxyHeaders.Tlv(0x05, 1, 2, 3), ProxyHeaders.Tlv(0x30, "blue"), ProxyHeaders.Tlv(0xEA, "custom"), ProxyHeaders.Tls(0, 7, "CT Müller")));

        Assert.Equal(("dicom", "pacs.example", "blue"), (header.ApplicationProtocol, header.Authority, header.NetworkNamespace));
        Assert.Equal([1, 2, 3], header.UniqueId.ToArray());
        Assert.Equal(
            new DicomProxyTls
            {
                HasCertificate = true, HadCertificate = true, Version = "TLSv1.3", CommonName = "CT Müller", Cipher = "TLS_AES_256_GCM_SHA384",
                SignatureAlgorithm = "RSA-SHA256", KeyAlgorithm = "RSA2048",
            },
            header.Tls);
    }

    [Theory]
    [InlineData(0u, 7, true)]
    [InlineData(0u, 3, true)]
    [InlineData(0u, 5, true)]
    [InlineData(0u, 1, false)] // So HAProxy tells of a peer without a certificate.
    [InlineData(18u, 7, false)]
    public void Tls_IsVerified_OnlyWhereThereWasACertificateWithoutFault(uint verify, int client, bool isVerified) =>
        Assert.Equal(isVerified, Read(ProxyHeaders.Proxied(Peer, Front, ProxyHeaders.Tls(verify, client, "CT 1"))).Tls?.IsVerified);

    [Fact]
    public void Tls_OfAPeerWithout_IsNotTold() => Assert.Null(Read(ProxyHeaders.Proxied(Peer, Front, ProxyHeaders.Tls(0, 0))).Tls);

    [Fact]
    public void CheckSum_OneBitWrong_IsRefusedWhereverItIs()
    {
        var header = ProxyHeaders.WithCheckSum(Peer, Front, ProxyHeaders.Tlv(0x02, "pacs.example"));
        for (var at = 16; at < 16 + 12; at++)
        {
            header[at] ^= 1;
            AssertRefused(header);
            header[at] ^= 1;
        }

        Assert.NotNull(Read(header));
    }

    [Fact]
    public void CheckSum_OfTheStandardsExample_IsAsPublished() => Assert.Equal(0xE3069283, ProxyHeaders.Crc32C("123456789"u8));

    public static TheoryData<byte[]> WrongTlvs =>
    [
        new byte[] { 0x02, 0, 5, 1, 2 }, // Longer than what is left.
        new byte[] { 0x02, 0xFF, 0xFF },
        ProxyHeaders.Tlv(0x03, 1, 2, 3), // A check sum of three bytes.
        ProxyHeaders.Tlv(0x05, new byte[129]),
        ProxyHeaders.Tlv(0x20, 1, 0, 0, 0), // TLS facts of four bytes.
        ProxyHeaders.Tlv(0x20, 1, 0, 0, 0, 0, 0x21, 0, 9, 1),
        ProxyHeaders.Tlv(0x20, 1, 0, 0, 0, 0, 0x21, 0),
    ];

    [Theory]
    [MemberData(nameof(WrongTlvs))]
    public void Tlv_NotAsItMustBe_IsRefused(byte[] tlv) => AssertRefused(ProxyHeaders.Proxied(Peer, Front, tlv));

    [Fact]
    public void Tlv_TextThatIsNone_BecomesSome() =>
        Assert.Equal("a\uFFFDb", Read(ProxyHeaders.Proxied(Peer, Front, ProxyHeaders.Tlv(0x02, 0x61, 0xFF, 0x62))).Authority);

    private static DicomProxyHeader Read(byte[] header)
    {
        Assert.Equal(header.Length, ProxyHeaderReader.LengthOf(header));
        return ProxyHeaderReader.Read(header);
    }

    private static void AssertRefused(byte[] bytes) => Assert.Throws<ProxyHeaderException>(() =>
    {
        var length = Assert.NotNull(ProxyHeaderReader.LengthOf(bytes));
        ProxyHeaderReader.Read(bytes.AsSpan(0, length));
    });
}
