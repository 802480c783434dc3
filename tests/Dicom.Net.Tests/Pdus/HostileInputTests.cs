using System.Buffers.Binary;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Pdus;

/// <summary>Whatever a peer sends, the outcome is a PDU or a PduException, at a bounded cost.</summary>
public sealed class HostileInputTests
{
    /// <summary>Seeded, so that a failure comes again.</summary>
    private const int Seed = 20261123;

    private static readonly byte[][] Captures =
    [
        Capture.AAssociateRq, Capture.AAssociateAc, Capture.AAssociateRj, Capture.PDataTf,
        Capture.AReleaseRq, Capture.AReleaseRp, Capture.AAbort,
    ];

    [Fact]
    public void Read_CaptureCutOffAtEveryByte_IsAPduOrAPduException()
    {
        foreach (var capture in Captures)
        {
            for (var length = PduHeader.Size; length < capture.Length; length++)
            {
                var cut = capture[..length];
                BinaryPrimitives.WriteUInt32BigEndian(cut.AsSpan(2), (uint)(length - PduHeader.Size));
                Read(cut);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(67)]
    public void Read_RequestCutOffInItsFixedFields_IsAPduException(int length) =>
        Assert.Throws<PduException>(() => PduBytes.ReadRq(Capture.Body(Capture.AAssociateRq)[..length]));

    [Fact]
    public void Read_RequestCutOffAtEveryByte_IsAPduOnlyBetweenItems()
    {
        var body = Capture.Body(Capture.AAssociateRq);
        var readable = Enumerable.Range(0, body.Length).Where(length => TryReadRq(body[..length])).ToArray();
        Assert.Equal([143, 218], readable); // after each of the two presentation contexts
    }

    [Fact]
    public void Read_Point27EveryPairOfBytesTakenForAWrongLength_IsAPduOrAPduException()
    {
        foreach (var capture in Captures)
        {
            for (var at = PduHeader.Size; at + sizeof(ushort) <= capture.Length; at++)
            {
                var right = BinaryPrimitives.ReadUInt16BigEndian(capture.AsSpan(at));
                foreach (var wrong in (ushort[])[(ushort)(right - 1), (ushort)(right + 1), 0, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF])
                {
                    var changed = capture.ToArray();
                    BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at), wrong);
                    Read(changed);
                }
            }
        }
    }

    [Fact]
    public void Read_Point42EveryFourBytesTakenForAWrongLength_IsAPduOrAPduException()
    {
        foreach (var capture in Captures)
        {
            for (var at = PduHeader.Size; at + sizeof(uint) <= capture.Length; at++)
            {
                var right = BinaryPrimitives.ReadUInt32BigEndian(capture.AsSpan(at));
                uint[] wrongs = [right - 1, right + 1, 0, 1, 2, int.MaxValue, 0x80000000, 0xFFFFFFFA, 0xFFFFFFFC, uint.MaxValue];
                foreach (var wrong in wrongs)
                {
                    var changed = capture.ToArray();
                    BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), wrong);
                    Read(changed);
                }
            }
        }
    }

    [Fact]
    public void Read_Point5EveryHeaderLength_IsJudgedBeforeTheBody()
    {
        foreach (var capture in Captures)
        {
            foreach (var length in (uint[])[0, 1, 3, int.MaxValue, 0x80000000, uint.MaxValue])
            {
                Assert.InRange(Allocations.LeastOf(
                    () => Assert.Throws<PduException>(() => PduReader.Check(new(capture[0], length), PduLimits.Default))), 0, 10_000);
            }
        }
    }

    [Fact]
    public void Read_RandomBytes_AreAPduOrAPduException()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[PduHeader.Size + random.Next(400)];
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(9);
            Read(bytes);
        }
    }

    [Fact]
    public void Read_MutatedCaptures_AreAPduOrAPduExceptionInBoundedMemory()
    {
        var random = new Random(Seed);
        var read = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var bytes = Mutated(Captures[round % Captures.Length], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            read += Read(bytes) ? 1 : 0;
            // Arbitrary, but less than what a length field could claim: two exceptions with traces, and some objects for each byte.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 30_000 + 40L * bytes.Length);
        }
        // The run is worth something only if it reaches both outcomes.
        Assert.InRange(read, 10_000, 90_000);
    }

    [Fact]
    public void Read_RequestOfTheSmallestItems_CostsMemoryInProportion()
    {
        var items = Enumerable.Repeat<byte[]>([ItemType.TransferSyntax, 0, 0, 1, (byte)'1'], 13_000).SelectMany(item => item).ToArray();
        var context = PduBytes.Item(
            ItemType.PresentationContextRq, [1, 0, 0, 0], PduBytes.Item(ItemType.AbstractSyntax, PduBytes.Text("1")), items);
        var subItems = Enumerable.Repeat<byte[]>([0xA0, 0, 0, 0], 16_000).SelectMany(item => item).ToArray();
        var body = PduBytes.Associate(context, PduBytes.UserInformation(subItems));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var pdu = PduBytes.ReadRq(body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L * body.Length);
        Assert.Equal((13_000, 16_000), (pdu.PresentationContexts[0].TransferSyntaxes.Count, pdu.UserInformation.OtherItems.Count));
    }

    private static byte[] Mutated(byte[] capture, Random random)
    {
        List<byte> bytes = [.. capture];
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3 when bytes.Count > PduHeader.Size + 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.InsertRange(at, capture[random.Next(capture.Length)..]);
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Reads and describes one PDU as a driver would; any exception but a PduException escapes and fails the test.</summary>
    /// <returns>Whether it was a PDU.</returns>
    private static bool Read(byte[] bytes)
    {
        Assert.True(PduHeader.TryRead(bytes, out var header));
        var body = Capture.Body(bytes);
        Assert.False(PduSummary.Describe(header, body).Contains('\n', StringComparison.Ordinal));
        try
        {
            // What follows is the body, whatever the header claims: the length is tested elsewhere.
            PduReader.Check(header with { Length = (uint)body.Length }, PduLimits.Default);
            ReadBody(header.Type, body);
            return true;
        }
        catch (PduException exception)
        {
            Assert.NotEqual("", exception.Message);
            return false;
        }
    }

    private static void ReadBody(byte type, byte[] body)
    {
        switch ((PduType)type)
        {
            case PduType.AAssociateRq:
                PduReader.ReadAssociateRq(body, PduLimits.Default);
                break;
            case PduType.AAssociateAc:
                PduReader.ReadAssociateAc(body, PduLimits.Default);
                break;
            case PduType.AAssociateRj:
                PduReader.ReadAssociateRj(body);
                break;
            case PduType.AAbort:
                PduReader.ReadAbort(body);
                break;
            case PduType.PDataTf:
                var total = 0;
                foreach (var pdv in PduReader.ReadPData(body))
                {
                    total += PdvHeader.Size + pdv.Fragment.Length;
                }
                Assert.Equal(body.Length, total);
                break;
        }
    }

    private static bool TryReadRq(byte[] body)
    {
        try
        {
            PduBytes.ReadRq(body);
            return true;
        }
        catch (PduException)
        {
            return false;
        }
    }
}
