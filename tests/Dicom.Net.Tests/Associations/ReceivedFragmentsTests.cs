using System.Runtime.InteropServices;
using Dicom.Net.Associations;

namespace Dicom.Net.Tests.Associations;

public sealed class ReceivedFragmentsTests
{
    private const int Large = 32 * 1024;

    [Fact]
    public void Complete_SmallFragments_AreInOnePieceWhileTheyFitOneArray()
    {
        var fragments = new ReceivedFragments();
        using var received = RentedArray.OfSize(100);
        fragments.Append(Fill(received, 60, 1), received);
        fragments.Append(Fill(received, 40, 2), received);
        using var complete = fragments.Complete(DicomUids.ImplicitVRLittleEndian);
        Assert.True(complete.TryGetMemory(out var memory));
        Assert.Equal([.. Enumerable.Repeat((byte)1, 60), .. Enumerable.Repeat((byte)2, 40)], memory.ToArray());
        Assert.False(received.IsShared);
    }

    [Fact]
    public void Complete_LargeFragment_StaysWhereItWasReceived()
    {
        var fragments = new ReceivedFragments();
        var received = RentedArray.OfSize(Large + 100);
        fragments.Append(received.From(12, Large), received);
        using (var complete = fragments.Complete(DicomUids.ImplicitVRLittleEndian))
        {
            Assert.True(complete.TryGetMemory(out var memory));
            Assert.True(MemoryMarshal.TryGetArray(memory, out var kept) && MemoryMarshal.TryGetArray<byte>(received.From(0, 1), out var given)
                && kept.Array == given.Array && kept.Offset == 12);
            Assert.True(received.IsShared);
        }

        Assert.False(received.IsShared);
        received.Dispose();
    }

    [Fact]
    public void Complete_LargeFragmentThatMayNotStay_IsCopied()
    {
        var fragments = new ReceivedFragments();
        var bytes = new byte[Large];
        fragments.Append(bytes, array: null);
        bytes[0] = 1;
        using var complete = fragments.Complete(DicomUids.ImplicitVRLittleEndian);
        Assert.True(complete.TryGetMemory(out var memory));
        Assert.Equal(0, memory.Span[0]);
    }

    [Theory]
    [InlineData(777)]
    [InlineData(20_000)]
    [InlineData(40_000)]
    public void Complete_ManyFragmentsOfAllSizes_HasAllBytesInOrder(int typical)
    {
        var expected = new byte[1_000_000];
        new Random(typical).NextBytes(expected);
        var random = new Random(1);
        var fragments = new ReceivedFragments();
        for (var sent = 0; sent < expected.Length;)
        {
            using var received = RentedArray.OfSize(2 * typical);
            var size = Math.Min(expected.Length - sent, random.Next(0, 2 * typical));
            expected.AsMemory(sent, size).CopyTo(received.From(0, size));
            fragments.Append(received.From(0, size), received);
            sent += size;
        }

        Assert.Equal(expected.Length, fragments.Length);
        using var complete = fragments.Complete(DicomUids.ImplicitVRLittleEndian);
        var actual = new byte[expected.Length];
        complete.ReadExactly(0, actual);
        Assert.Equal(expected.Length, complete.Length);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Fact]
    public void Append_EachFragmentInAnArrayManyTimesItsSize_ReservesFewTimesWhatItHolds()
    {
        using var fragments = new ReceivedFragments();
        for (var i = 0; i < 32; i++)
        {
            using var received = RentedArray.OfSize(512 * 1024);
            fragments.Append(received.From(12, Large), received);
            Assert.InRange(fragments.Reserved, fragments.Length, (3 * fragments.Length) + (384 * 1024));
        }
    }

    [Fact]
    public void Append_FragmentsOfTheLongestPdusInOneArray_KeepsThemAll()
    {
        const int longest = (128 * 1024) - 12;
        using var fragments = new ReceivedFragments();
        for (var i = 0; i < 3; i++)
        {
            using var received = RentedArray.OfSize(512 * 1024);
            for (var offset = 0; offset + longest <= received.Length - (longest / 2); offset += longest)
            {
                fragments.Append(received.From(offset, longest), received);
                Assert.True(received.IsShared);
            }
        }

        Assert.Equal(3 * 512 * 1024, fragments.Reserved);
    }

    [Fact]
    public void Complete_Nothing_IsEmpty()
    {
        using var complete = new ReceivedFragments().Complete(DicomUids.ImplicitVRLittleEndian);
        Assert.Equal(0, complete.Length);
        Assert.Equal(0, complete.Read(0, new byte[1]));
    }

    [Fact]
    public void Dispose_NotCompleted_GivesEverythingBack()
    {
        var fragments = new ReceivedFragments();
        using var received = RentedArray.OfSize(Large);
        fragments.Append(received.From(0, Large), received);
        fragments.Dispose();
        fragments.Dispose();
        Assert.False(received.IsShared);
        Assert.Equal(0, fragments.Length);
    }

    private static ReadOnlyMemory<byte> Fill(RentedArray array, int count, byte value)
    {
        array.From(0, count).Span.Fill(value);
        return array.From(0, count);
    }
}
