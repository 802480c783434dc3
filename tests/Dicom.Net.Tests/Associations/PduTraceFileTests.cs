using System.Buffers.Binary;
using System.Net;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>What PcapngTrace has written is read back; what is damaged is said to be.</summary>
public sealed class PduTraceFileTests : IDisposable
{
    private static readonly IPEndPoint Scu = new(IPAddress.Parse("192.0.2.1"), 50000), Scp = new(IPAddress.Parse("192.0.2.7"), 104);
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.7", true)]
    [InlineData("2001:db8::1", "2001:db8::7", false)]
    public async Task Read_ConversationOfEitherSide_TellsItsPdusFromWhoOpenedIt(string scu, string scp, bool isOpenedHere)
    {
        var (opener, other) = (new IPEndPoint(IPAddress.Parse(scu), 50000), new IPEndPoint(IPAddress.Parse(scp), 104));
        var file = await RecordAsync(
            isOpenedHere ? opener : other, isOpenedHere ? other : opener, isOpenedHere,
            (isOpenedHere, WireBytes.Of(WireBytes.Request())), (!isOpenedHere, WireBytes.ReleaseRp), (isOpenedHere, WireBytes.EchoRq(7)));

        var entries = PduTraceFile.Read(new MemoryStream(file)).ToList();

        Assert.Equal([1, 6, 4], entries.Select(entry => entry.Type));
        Assert.Equal([true, false, true], entries.Select(entry => entry.IsSent));
        Assert.All(entries, entry => Assert.Equal((Now, opener, other), (entry.Time, entry.Local, entry.Remote)));
        Assert.StartsWith("A-ASSOCIATE-RQ SCU -> SCP", entries[0].Summary, StringComparison.Ordinal);
        Assert.EndsWith("(C-ECHO-RQ 7)", entries[2].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PduInManySegments_IsOne()
    {
        var pdu = WireBytes.PData(WireBytes.Pdv(3, WireBytes.LastData, new byte[100_000]));
        var file = await RecordAsync(Scu, Scp, true, [.. pdu.Chunk(999).Select(piece => (true, piece))]);

        var entry = Assert.Single(PduTraceFile.Read(new MemoryStream(file)));

        Assert.Equal(100_006u, entry.Length);
    }

    [Fact]
    public async Task Read_SegmentThatIsMissing_IsToldOnceForItsDirection()
    {
        var file = await RecordAsync(
            Scu, Scp, true, (true, WireBytes.EchoRq(1)), (true, WireBytes.EchoRq(2)), (true, WireBytes.EchoRq(3)), (true, WireBytes.EchoRq(4)),
            (false, WireBytes.ReleaseRp));
        var without = Without(file, packet: 4); // Behind three of the handshake and one C-ECHO-RQ.

        var entries = PduTraceFile.Read(new MemoryStream(without)).ToList();

        Assert.Equal([4, 0, 6], entries.Select(entry => entry.Type));
        Assert.Contains("bytes are missing", entries[1].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileThatWasCut_TellsWhatIsWhole()
    {
        var file = await RecordAsync(Scu, Scp, true, (true, WireBytes.ReleaseRq), (false, WireBytes.ReleaseRp));
        for (var length = 0; length < file.Length; length++)
        {
            var entries = PduTraceFile.Read(new MemoryStream(file[..length])).ToList();

            Assert.InRange(entries.Count, 0, 2);
        }
    }

    [Fact]
    public async Task Read_BytesThatWereChanged_IsToldOrRead()
    {
        var file = await RecordAsync(Scu, Scp, true, (true, WireBytes.Of(WireBytes.Request())), (false, WireBytes.ReleaseRp));
        for (var at = 0; at < file.Length; at++)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] ^= 0xFF;
            try
            {
                Assert.All(PduTraceFile.Read(new MemoryStream(damaged)), entry => Assert.NotEmpty(entry.Summary));
            }
            catch (InvalidDataException damage)
            {
                Assert.NotEmpty(damage.Message);
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xA1, 0xB2, 0xC3, 0xD5, 0, 2, 0, 4 }, "no pcapng file.")]
    [InlineData(new byte[] { 0xA1, 0xB2, 0xC3, 0xD4, 0, 2, 0, 4 }, "editcap -F pcapng")]
    [InlineData(new byte[] { 0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0 }, "editcap -F pcapng")]
    [InlineData(new byte[] { 0x4D, 0x3C, 0xB2, 0xA1, 2, 0, 4, 0 }, "editcap -F pcapng")]
    [InlineData(new byte[] { 0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 0x1C }, "big endian")]
    public void Read_FileOfAnotherKind_Throws(byte[] file, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => PduTraceFile.Read(new MemoryStream(file)).Count());

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Ethernet_IsStrippedOfItsHeader()
    {
        var file = await RecordAsync(Scu, Scp, true, (true, WireBytes.ReleaseRq));

        var entry = Assert.Single(PduTraceFile.Read(new MemoryStream(OverEthernet(file))));

        Assert.Equal(5, entry.Type);
    }

    private async Task<byte[]> RecordAsync(IPEndPoint local, IPEndPoint remote, bool isOpenedHere, params (bool IsSent, byte[] Bytes)[] pieces)
    {
        var path = _folder.File("x.pcapng");
        await using (var trace = new PcapngTrace(path))
        {
            var flow = new PcapngFlow(trace, local, remote, new PduMask(false).Apply, new PduMask(false).Apply);
            flow.TellOpened(Now, isOpenedHere);
            foreach (var (isSent, bytes) in pieces)
            {
                flow.TellData(Now, isSent, bytes);
            }
        }

        return await File.ReadAllBytesAsync(path);
    }

    private static IEnumerable<byte[]> BlocksOf(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            yield return file[at..(at + length)];
            at += length;
        }
    }

    private static byte[] Without(byte[] file, int packet) =>
        [.. BlocksOf(file).Where((block, number) => number != packet + 2).SelectMany(block => block)]; // Two blocks stand before the packets.

    private static byte[] OverEthernet(byte[] file) => [.. BlocksOf(file).SelectMany(block => block[0] switch
    {
        1 => [.. block[..8], 1, 0, .. block[10..]],
        6 => WithEthernetHeader(block),
        _ => block,
    })];

    private static byte[] WithEthernetHeader(byte[] block)
    {
        var packet = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(20));
        byte[] frame = [.. new byte[12], 0x08, 0x00, .. block.AsSpan(28, packet)];
        byte[] padded = [.. frame, .. new byte[(4 - frame.Length % 4) % 4]];
        var length = BitConverter.GetBytes(32 + padded.Length);
        var size = BitConverter.GetBytes(frame.Length);
        return [.. block[..4], .. length, .. block[8..20], .. size, .. size, .. padded, .. length];
    }
}
