using System.IO.Compression;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Associations;
using Dicom.Net.Tests.DataSets;
using Dicom.Net.Tests.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Memory that a peer only has to name to have it reserved (DCMTK #825, fo-dicom #1678), and bombs (Orthanc CVE-2026-5438). The rest is in
/// <see cref="HostileInputTests"/>, <see cref="DriverFramingTests"/> (claims of 4 GiB), <see cref="DataSetReaderTests"/> (claims of elements)
/// and <see cref="DriverLoadTests"/> (memory does not grow with what is received).
/// </summary>
public sealed class HugeAllocationTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task PduLength_ClaimedWithinTheLimits_ReservesAsBytesCome()
    {
        var handler = new RecordingHandler { MaximumLength = 0 };
        await using var driver = InlineDriver.Associated(handler: handler);
        var before = GC.GetAllocatedBytesForCurrentThread();

        driver.Deliver([.. WireBytes.Header((byte)PduType.PDataTf, 16 * Mebibyte), .. new byte[100]]);

        // What a read reserves at most (512 KiB), and some objects.
        Assert.InRange(driver.Connection.LargestReceiveBuffer, 1, Mebibyte);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * Mebibyte);
    }

    [Fact]
    public async Task DataPdu_OverWhatIsTakenWithoutAnAnnouncement_IsAbortedByItsHeader()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, new() { Limits = new() { MaximumUnannouncedLength = 1000 } });
        listener.AssociateRequestReceived += (_, e) =>
        {
            var answer = e.Association.CreateAcceptAll();
            answer.MaxLength = 0;
            e.Accept(answer).ThrowIfFailed();
        };
        TestScp.Listening(listener);
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(1));

        await scu.Peer.SendAsync(WireBytes.Header((byte)PduType.PDataTf, 1001));

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/6");
    }

    [Fact]
    public async Task Store_DeflateBomb_IsRefusedAtTheLimitWhenItIsRead()
    {
        const int limit = 4 * Mebibyte;
        var bomb = Deflated(new byte[64 * Mebibyte]);
        long allocated = 0;

        var error = await ReadAsync(new() { MaximumInflatedLength = limit }, DicomUids.DeflatedExplicitVRLittleEndian, bomb, dataSet =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Record.Exception(() => dataSet.Count);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            return thrown;
        });

        Assert.Contains("deflated", error.Message, StringComparison.Ordinal);
        // Of the order of the limit and not of the bomb: the pieces that it lies in are rented in steps.
        Assert.InRange(allocated, 0, 4 * limit);
    }

    [Fact]
    public async Task Store_ItemsOverTheLimit_AreRefusedWhenTheyAreRead()
    {
        var items = EncodedBytes.Join([.. Enumerable.Repeat(EncodedBytes.Item(), 3)]);

        var error = await ReadAsync(
            new() { MaximumItems = 2 }, DicomUids.ExplicitVRLittleEndian, EncodedBytes.Explicit(0x00081110, "SQ", items),
            dataSet => Record.Exception(() => dataSet.GetItems(0x00081110)));

        Assert.Contains("more than 2 items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_NestingOverTheLimit_IsRefusedWhenItIsRead()
    {
        var nested = EncodedBytes.Explicit(
            0x00081110, "SQ", EncodedBytes.Item(EncodedBytes.Explicit(0x00081115, "SQ", EncodedBytes.Item())));

        var error = await ReadAsync(
            new() { MaximumSequenceDepth = 1 }, DicomUids.ExplicitVRLittleEndian, nested,
            dataSet => Record.Exception(() => dataSet.GetItems(0x00081110)[0].GetItems(0x00081115)));

        Assert.Contains("deeper than 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_ManyEmptyOnes_CostMemoryInProportion()
    {
        const int count = 100_000;
        using var dataSet = EncodedBytes.Parse(
            EncodedBytes.Explicit(0x00081110, "SQ", EncodedBytes.Join([.. Enumerable.Repeat(EncodedBytes.Item(), count)])));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(count, dataSet.GetItems(0x00081110).Count);

        // Arbitrary, but of the order of the eight bytes that each item has on the wire: an object with its fields, and its place in a list.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L * count);
    }

    private static async Task<DataSetException> ReadAsync(
        DicomNetLimits limits, string transferSyntax, byte[] dataSet, Func<DicomDataSet, Exception?> read)
    {
        var outcome = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll(new() { Limits = limits });
        listener.CStoreRequestReceived += (_, e) =>
        {
            outcome.TrySetResult(read(e.DataSet!));
            e.Respond(DicomCommandStatusType.Success);
        };
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort);
        var request = WireBytes.Request() with
        {
            PresentationContexts = [new(WireBytes.StoreContext, WireBytes.CTImageStorage, [transferSyntax])],
        };
        await scu.Peer.SendAsync(WireBytes.Of(request));
        await scu.Peer.ExpectAsync(nameof(PduType.AAssociateAc));

        await scu.Peer.SendAsync([
            WireBytes.StoreRq(1), .. dataSet.Chunk(16_000).Select(part => WireBytes.StoreData(false, part)), WireBytes.StoreData(true)]);

        Assert.Equal(DicomCommandStatusType.Success, WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status);
        return Assert.IsType<DataSetException>(await outcome.Task.WithTimeout());
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return output.ToArray();
    }
}
