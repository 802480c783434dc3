using Dicom.Net.Associations;
using Dicom.Net.DataSets;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.DataSets;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>Counters that come to their end (DCMTK 583643435, 8b26e1818): 5 GiB in one message, in one file; more messages than there are ids.</summary>
public sealed class CounterOverflowTests
{
    private const long FiveGiB = 5L << 30;
    private const int Piece = 1 << 20;

    private static readonly NegotiatedContext Context = new(WireBytes.StoreContext, WireBytes.CTImageStorage, WireBytes.ExplicitLittleEndian);

    [Theory]
    [InlineData(0, FiveGiB)]
    [InlineData(FiveGiB, FiveGiB)]
    [InlineData(FiveGiB - 1, FiveGiB - Piece)]
    public void Receive_FiveGiB_AreCountedAndJudgedByTheLimit(long limit, long expected)
    {
        var sink = new CountingStream();
        using var incoming = new IncomingDataSet(
            CommandSet.CStoreRq(1, WireBytes.CTImageStorage, "1.2.3"), Context, new() { MaximumLength = limit });
        incoming.Decide(sink);
        var piece = new byte[Piece];

        for (long sent = 0; sent < FiveGiB; sent += Piece)
        {
            incoming.Append(piece);
        }

        Assert.Equal(expected, sink.Written);
        Assert.Equal(expected < FiveGiB, incoming.Fault is DataSetTooLongException);
    }

    [Fact]
    public void Assemble_FiveGiBInFragments_IsOneMessage()
    {
        var assembler = new DimseAssembler(new());
        var command = WireBytes.Bytes(CommandSet.CStoreRq(1, WireBytes.CTImageStorage, "1.2.3"));
        Assert.Equal(DimseStep.CommandCompleteDataFollows, assembler.Add(Single(WireBytes.Pdv(WireBytes.StoreContext, WireBytes.LastCommand, command))));
        var fragment = Single(WireBytes.Pdv(WireBytes.StoreContext, WireBytes.Data, new byte[Piece]));

        for (long sent = 0; sent < FiveGiB; sent += Piece)
        {
            Assert.Equal(DimseStep.DataFragment, assembler.Add(fragment));
        }

        Assert.Equal(DimseStep.LastDataFragment, assembler.Add(Single(WireBytes.Pdv(WireBytes.StoreContext, WireBytes.LastData))));
    }

    [Fact]
    public void Send_FiveGiB_IsFragmentedToItsLastByte()
    {
        using var source = new EndlessSource();
        var fragmenter = new DimseFragmenter(
            WireBytes.StoreContext, WireBytes.Bytes(CommandSet.CStoreRq(1, WireBytes.CTImageStorage, "1.2.3")), source, maximumLength: 0);
        var output = new byte[fragmenter.PreferredOutput];
        var last = 0;

        while (!fragmenter.IsComplete)
        {
            Assert.InRange(fragmenter.PreferredOutput, DimseFragmenter.MinimumOutput, output.Length);
            last = fragmenter.Fill(output);
        }

        Assert.Equal(FiveGiB, fragmenter.DataSetBytesSent);
        Assert.InRange(fragmenter.BytesSent, FiveGiB, FiveGiB + (FiveGiB / 1000));
        var end = RawPdu.Parse(output.AsSpan(0, last))[^1];
        Assert.Equal((PduType.PDataTf, WireBytes.LastData), (end.Type, end.Body[5]));
    }

    [Fact]
    public void Read_ElementBehindFourGiB_IsFound()
    {
        using var folder = new TestFolder();
        var path = folder.File("huge");
        // Pixel Data of the longest even length there is (PS3.5 §7.1.2), and Data Set Trailing Padding behind it, in a file without blocks.
        byte[] head = [.. EncodedBytes.Tag(0x7FE00010), .. "OB\0\0"u8, .. EncodedBytes.UInt32(0xFFFFFFFE)];
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.Write(file, head, 0);
            RandomAccess.Write(file, EncodedBytes.Explicit(0xFFFCFFFC, "OB", [1, 2, 3, 4]), head.Length + 0xFFFFFFFEL);
        }

        using var dataSet = new DicomDataSet(EncodedDataSet.FromFile(path, 0, DicomUids.ExplicitVRLittleEndian, ownsFile: false), meta: null);

        Assert.Equal([1, 2, 3, 4], dataSet.GetBytes(0xFFFCFFFC));
        Assert.Equal(0xFFFFFFFE, dataSet.Find(0x7FE00010)!.Length);
        Assert.Throws<InvalidOperationException>(() => dataSet.GetBytes(0x7FE00010));
    }

    [Fact]
    public void NextMessageID_AskedForMoreThanThereAre_StaysInItsRange()
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None);

        var ids = Enumerable.Range(0, 3 * 65_536).Select(_ => net.NextMessageID()).ToList();

        Assert.All(ids, id => Assert.InRange(id, 0, ushort.MaxValue));
        Assert.InRange(ids.Take(65_000).Distinct().Count(), 65_000, 65_000);
    }

    private static PresentationDataValue Single(byte[] pdv)
    {
        foreach (var value in PduReader.ReadPData(pdv))
        {
            return value;
        }

        throw new InvalidOperationException("There is no PDV.");
    }

    private sealed class EndlessSource : IDataSetSource
    {
        public long Length => FiveGiB;

        public int Read(long offset, Span<byte> destination) => destination.Length;

        public void Dispose()
        {
            // There is nothing.
        }
    }

    private sealed class CountingStream : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Written;

        public override long Position { get; set; }

        public override void Flush()
        {
            // Nothing is kept.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written += count;

        public override void Write(ReadOnlySpan<byte> buffer) => Written += buffer.Length;
    }
}
