using System.Buffers.Binary;
using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class SendQueueTests : IAsyncDisposable
{
    private readonly InlineConnection _connection = new();
    private readonly SendRecorder _told = new();
    private readonly SendQueue _queue;

    public SendQueueTests() => _queue = new(_connection, _told, capacity: 3);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public void Flush_OneItem_GoesOutInOneWriteAndIsDisposedOf()
    {
        var item = new SendItem(1, 10);
        Send(item);
        Assert.Equal(Repeated(1, 10), Assert.Single(_connection.Writes));
        Assert.Equal(1, item.Disposals);
        Assert.Equal("sent10 written idle", _told.Told);
    }

    [Fact]
    public void Flush_SmallItems_GoOutInOrderInOneWrite()
    {
        Send(new(1, 10), new(2, 20), new(3, 30));
        Assert.Equal([.. Repeated(1, 10), .. Repeated(2, 20), .. Repeated(3, 30)], Assert.Single(_connection.Writes));
        Assert.Equal("sent10 sent20 sent30 written idle", _told.Told);
    }

    [Fact]
    public void Flush_ItemTooLargeForTheRestOfTheBuffer_GetsAWriteOfItsOwn()
    {
        Send(new(1, 100), new(2, 5000, pdus: 8));
        // 32 KiB, what the pool gives for four of its PDUs, hold six.
        Assert.Equal([100, 6 * 5000, 2 * 5000], WriteSizes());
    }

    [Fact]
    public void Flush_MessagesThatLeaveLessRoomThanAHeader_AllGoOutWhole()
    {
        // 4096 bytes hold 40 of these messages and leave 16 bytes down to none: every remainder is met.
        for (var size = 90; size <= 102; size++)
        {
            var connection = new InlineConnection { StallsSends = true };
            var queue = new SendQueue(connection, new SendRecorder(), capacity: 1000);
            queue.TryEnqueue(new SendItem(1, 1), mandatory: false);
            queue.Flush();
            for (var i = 0; i < 100; i++)
            {
                queue.TryEnqueue(Message(size - 12), mandatory: false);
            }

            connection.StallsSends = false;
            connection.CompleteSend();
            var pdus = RawPdu.Parse(connection.Writes.Skip(1).SelectMany(write => write).ToArray());
            Assert.Equal(100, pdus.Count);
            Assert.All(pdus, pdu => Assert.Equal(size, RawPdu.HeaderSize + pdu.Body.Length));
        }
    }

    [Fact]
    public void Flush_LargeMessageBehindASmallOne_IsNotCutToTheSmallOnesBuffer()
    {
        _connection.StallsSends = true;
        Send(new SendItem(1, 1));
        var data = new MemoryDataSetSource(new byte[200_000]);
        _queue.TryEnqueue(Message(80), mandatory: false);
        _queue.TryEnqueue(new OutgoingMessage(new(3, new byte[80], data, 65536), data: null), mandatory: false);
        _connection.StallsSends = false;
        _connection.CompleteSend();
        var pdus = RawPdu.Parse(_connection.Writes.Skip(1).SelectMany(write => write).ToArray());
        Assert.Equal([86, 86, 65536, 65536, 65536, 200_000 - 3 * 65530 + 6], pdus.Select(pdu => pdu.Body.Length));
    }

    [Fact]
    public void TryEnqueue_BeyondTheCapacity_IsRefusedAndDisposedOf()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.True(_queue.TryEnqueue(new SendItem(1, 1), mandatory: false));
        }

        var tooMuch = new SendItem(2, 1);
        Assert.False(_queue.TryEnqueue(tooMuch, mandatory: false));
        Assert.Equal(1, tooMuch.Disposals);
        Assert.True(_queue.TryEnqueue(new SendItem(3, 1), mandatory: true));
        _queue.Flush();
        Assert.Equal([1, 1, 1, 3], Assert.Single(_connection.Writes));
    }

    [Fact]
    public void Flush_StalledPeer_HoldsTheRestBackUntilTheWriteIsDone()
    {
        _connection.StallsSends = true;
        var first = new SendItem(1, 10);
        Send(first);
        Send(new SendItem(2, 20));
        Assert.Equal("sent10 waiting", _told.Told);
        Assert.Equal([10], WriteSizes());
        Assert.Equal(0, first.Disposals);
        Assert.False(_queue.TryCloseIdle());

        _connection.StallsSends = false;
        _connection.CompleteSend();
        Assert.Equal([10, 20], WriteSizes());
        Assert.Equal("sent10 waiting written sent20 written idle", _told.Told);
        Assert.True(_queue.TryCloseIdle());
        Assert.False(_queue.TryEnqueue(new SendItem(1, 1), mandatory: true));
    }

    [Fact]
    public void DropWaiting_MidMessage_DropsItsRestAndWhatWaits()
    {
        _connection.StallsSends = true;
        var begun = new SendItem(1, 5000, pdus: 100);
        var waiting = new SendItem(2, 10);
        Send(begun, waiting);
        _queue.DropWaiting();
        Send(new SendItem(9, 4));
        _connection.StallsSends = false;
        _connection.CompleteSend();

        Assert.Equal(2, _connection.Writes.Count);
        Assert.Equal(Repeated(9, 4), _connection.Writes[1]);
        Assert.Equal(0, _connection.Writes[0].Length % 5000);
        Assert.Equal((1, 1), (begun.Disposals, waiting.Disposals));
    }

    [Fact]
    public void Flush_ItemFails_IsToldAndOthersGoOut()
    {
        var failing = new SendItem(1, 5000, pdus: 100) { FailsAfter = 10 };
        _told.OnItemFailed = () => _queue.TryEnqueue(new SendItem(9, 4), mandatory: true);
        Send(failing);
        Assert.Equal(Repeated(9, 4), _connection.Writes[^1]);
        Assert.Equal(1, failing.Disposals);
        Assert.Contains("item-failed", _told.Told, StringComparison.Ordinal);
        Assert.EndsWith("sent4 written idle", _told.Told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flush_ConnectionFails_DisposesOfEverythingOnceAndTellsOnce(bool whileWaiting)
    {
        _connection.StallsSends = whileWaiting;
        _connection.SendError = whileWaiting ? null : new IOException();
        var inBuffer = new SendItem(1, 10);
        var partly = new SendItem(2, 3000, pdus: 100);
        var waiting = new SendItem(3, 10);
        Send(inBuffer, partly, waiting);
        if (whileWaiting)
        {
            _connection.FailSend();
        }

        Assert.EndsWith("failed", _told.Told, StringComparison.Ordinal);
        Assert.Single(_told.Told.Split(' '), told => told.StartsWith("sent", StringComparison.Ordinal));
        Assert.Equal((1, 1, 1), (inBuffer.Disposals, partly.Disposals, waiting.Disposals));
        Assert.False(_queue.TryEnqueue(new SendItem(4, 1), mandatory: true));
    }

    [Fact]
    public async Task Flush_FromTenThreads_SendsEverythingWholeAndEachThreadsItemsInOrder()
    {
        const int threads = 10, each = 500;
        var queue = new SendQueue(_connection, _told, capacity: int.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                queue.TryEnqueue(Message((ushort)i, (byte)(2 * thread + 1)), mandatory: false);
                queue.Flush();
            }
        }))).WithTimeout();
        await Eventually.True(queue.TryCloseIdle);

        var numbers = _connection.SentPdus.ToLookup(pdu => pdu.Body[4], pdu => BinaryPrimitives.ReadUInt16BigEndian(pdu.Body.AsSpan(6)));
        Assert.Equal(threads, numbers.Count);
        Assert.All(numbers, ofThread => Assert.Equal(Enumerable.Range(0, each).Select(i => (ushort)i), ofThread));
    }

    private static OutgoingMessage Message(int commandLength) =>
        new(new DimseFragmenter(1, new byte[commandLength], data: null, maximumLength: 0), data: null);

    private static OutgoingMessage Message(ushort number, byte contextId) =>
        new(new DimseFragmenter(contextId, new byte[] { (byte)(number >> 8), (byte)number }, data: null, maximumLength: 0), data: null);

    private static byte[] Repeated(byte value, int count) => [.. Enumerable.Repeat(value, count)];

    private IEnumerable<int> WriteSizes() => _connection.Writes.Select(write => write.Length);

    private void Send(params SendItem[] items)
    {
        foreach (var item in items)
        {
            Assert.True(_queue.TryEnqueue(item, mandatory: false));
        }

        _queue.Flush();
    }
}
