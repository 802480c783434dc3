using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Dimse;

public class DimseFragmenterTests
{
    private static readonly byte[] Command = CommandSet.CStoreRq(1, "1.2.840.10008.5.1.4.1.1.2", "1.2.33").Encode().ToArray();

    [Theory]
    [InlineData(8u, 2)]
    [InlineData(9u, 2)]
    [InlineData(16u, 10)]
    [InlineData(17u, 10)]
    [InlineData(65535u, 65528)]
    [InlineData(16384u, 16378)]
    public void Fill_Point37OddMaximum_IsRoundedDownToEvenFragments(uint maximum, int longestFragment)
    {
        var pdus = Sent(DataOf(200_000), maximum);

        Assert.Equal(longestFragment, pdus.Max(pdu => pdu.Pdv.Fragment.Length));
        Assert.All(pdus, pdu => Assert.Equal(0, pdu.Pdv.Fragment.Length % 2));
    }

    [Fact]
    public void Fill_Point41AnyMaximum_IsNeverExceededByThePduLength()
    {
        for (var maximum = 8u; maximum < 300; maximum++)
        {
            Assert.All(Sent(DataOf(500), maximum), pdu => Assert.True(pdu.Length <= maximum));
        }
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(7u)]
    public void Constructor_Point41MaximumWithoutRoomForAFragment_IsRefused(uint maximum)
    {
        Assert.False(DimseFragmenter.CanSend(maximum));
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new DimseFragmenter(1, Command, data: null, maximum));
        Assert.Equal("maximumLength", refused.ParamName);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(uint.MaxValue)]
    public void CanSend_Point41UnlimitedOrRoomForAFragment_IsTrue(uint maximum) => Assert.True(DimseFragmenter.CanSend(maximum));

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x80000000u)]
    public void Fill_UnlimitedOrHugeMaximum_KeepsToOurOwnCap(uint maximum) =>
        Assert.Equal(128 * 1024, Sent(DataOf(1_000_000), maximum).Max(pdu => pdu.Length));

    [Fact]
    public void Fill_Point17CommandAndDataSet_HavePdusOfTheirOwn()
    {
        var pdus = Sent(DataOf(10), maximum: 0);

        Assert.Equal(2, pdus.Count);
        Assert.True(pdus[0].Pdv is { IsCommand: true, IsLast: true, ContextId: 3 });
        Assert.True(pdus[1].Pdv is { IsCommand: false, IsLast: true, ContextId: 3 });
    }

    [Fact]
    public void Fill_Point39EmptyDataSet_SendsOneEmptyLastFragment()
    {
        var pdus = Sent(DataOf(0), maximum: 0);

        Assert.Equal(2, pdus.Count);
        Assert.True(pdus[1].Pdv is { IsCommand: false, IsLast: true, Fragment.Length: 0 });
    }

    [Fact]
    public void Fill_NoDataSet_SendsTheCommandOnly() =>
        Assert.True(Assert.Single(Sent(data: null, maximum: 0)).Pdv is { IsCommand: true, IsLast: true });

    [Fact]
    public void Fill_DataSetThatEndsWithAFullFragment_MarksItAsTheLast()
    {
        var pdus = Sent(DataOf(20), maximum: 16);

        Assert.Equal(2, pdus.Count(pdu => !pdu.Pdv.IsCommand));
        Assert.True(pdus[^1].Pdv is { IsLast: true, Fragment.Length: 10 });
    }

    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(100)]
    [InlineData(4096)]
    public void Fill_BufferSmallerThanAPdu_MakesShorterPdus(int bufferSize)
    {
        var data = DataOf(5000);

        var pdus = SentPdus.Of(new DimseFragmenter(3, Command, new MemoryDataSetSource(data), maximumLength: 0), bufferSize);

        Assert.Equal(data, Joined(pdus, isCommand: false));
        Assert.All(pdus, pdu => Assert.Equal(0, pdu.Pdv.Fragment.Length % 2));
    }

    [Fact]
    public void Fill_BufferWithoutRoomForAnything_IsTheCallersMistake()
    {
        var fragmenter = new DimseFragmenter(3, Command, data: null, maximumLength: 0);

        Assert.Throws<ArgumentException>(() => fragmenter.Fill(new byte[DimseFragmenter.MinimumOutput - 1]));
    }

    [Fact]
    public void Fill_BufferOfThePreferredSize_TakesAShortMessageWhole()
    {
        for (var length = 0; length < 3000; length += 2)
        {
            var fragmenter = new DimseFragmenter(3, Command, new MemoryDataSetSource(DataOf(length)), maximumLength: 100);
            var preferred = fragmenter.PreferredOutput;

            Assert.Equal(preferred, fragmenter.Fill(new byte[preferred]));
            Assert.True(fragmenter.IsComplete);
            Assert.Equal(length, fragmenter.DataSetBytesSent);
            Assert.Equal(0, fragmenter.Fill(new byte[DimseFragmenter.MinimumOutput]));
        }
    }

    [Fact]
    public void PreferredOutput_LongMessage_IsBounded()
    {
        var fragmenter = new DimseFragmenter(3, Command, new ZeroSource(5L << 30), maximumLength: 0);

        Assert.Equal(1024 * 1024, fragmenter.PreferredOutput);
    }

    [Fact]
    public void Fill_DataSetOver4GiB_IsCountedToItsEnd()
    {
        const long Length = (4L << 30) + 4; // one step past what 32 bits count
        var fragmenter = new DimseFragmenter(3, Command, new ZeroSource(Length, isLazy: true), maximumLength: 0);
        var buffer = new byte[fragmenter.PreferredOutput];

        while (!fragmenter.IsComplete)
        {
            fragmenter.Fill(buffer);
        }

        Assert.Equal(Length, fragmenter.DataSetBytesSent);
        Assert.True(fragmenter.BytesSent > Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    public void Fill_SourceThatEndsEarly_FailsInsteadOfSendingSomethingElse(int available)
    {
        using var source = new FaultySource(promised: 1000, available);
        var fragmenter = new DimseFragmenter(3, Command, source, maximumLength: 0);

        Assert.Throws<DataSetSourceException>(() => fragmenter.Fill(new byte[4096]));
        Assert.False(fragmenter.IsComplete);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Fill_SourceThatLiesAboutWhatItRead_Fails(int claimed)
    {
        using var source = new FaultySource(promised: 1000, available: 1000, claimed);

        Assert.Throws<DataSetSourceException>(() => new DimseFragmenter(3, Command, source, maximumLength: 0).Fill(new byte[4096]));
    }

    [Fact]
    public void Fill_SourceThatReadsByteByByte_IsAskedUntilTheFragmentIsFull()
    {
        using var source = new FaultySource(promised: 1000, available: 1000, atMost: 1);

        var pdus = SentPdus.Of(new DimseFragmenter(3, Command, source, maximumLength: 64), bufferSize: 4096);

        Assert.Equal(FaultySource.Content(1000), Joined(pdus, isCommand: false));
    }

    [Fact]
    public void Fill_EachPdu_AllocatesNothing()
    {
        var fragmenter = new DimseFragmenter(3, Command, new ZeroSource(1 << 20), maximumLength: 4096);
        var buffer = new byte[8192];

        Assert.Equal(0, Allocations.LeastOf(() => fragmenter.Fill(buffer)));
    }

    private static List<(int Length, PresentationDataValue Pdv)> Sent(byte[]? data, uint maximum)
    {
        var source = data is null ? null : new MemoryDataSetSource(data);
        var pdus = SentPdus.Of(new DimseFragmenter(3, Command, source, maximum), bufferSize: 300_000);
        Assert.Equal(Command, Joined(pdus, isCommand: true));
        Assert.Equal(data ?? [], Joined(pdus, isCommand: false));
        return pdus;
    }

    private static byte[] Joined(List<(int Length, PresentationDataValue Pdv)> pdus, bool isCommand) =>
        [.. pdus.Where(pdu => pdu.Pdv.IsCommand == isCommand).SelectMany(pdu => pdu.Pdv.Fragment.ToArray())];

    private static byte[] DataOf(int length) => FaultySource.Content(length);

    private sealed class ZeroSource(long length, bool isLazy = false) : IDataSetSource
    {
        public long Length => length;

        public int Read(long offset, Span<byte> destination)
        {
            if (!isLazy)
            {
                destination.Clear();
            }

            return destination.Length;
        }

        public void Dispose()
        {
        }
    }

    private sealed class FaultySource(int promised, int available, int? claimed = null, int atMost = int.MaxValue) : IDataSetSource
    {
        public long Length => promised;

        public static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

        public int Read(long offset, Span<byte> destination)
        {
            var count = Math.Min(Math.Min(destination.Length, atMost), (int)Math.Max(0, available - offset));
            Content(promised).AsSpan((int)offset, count).CopyTo(destination);
            return claimed ?? count;
        }

        public void Dispose()
        {
        }
    }
}
