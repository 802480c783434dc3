using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests.Associations;

/// <summary>Many messages, many threads, many bytes.</summary>
public sealed class DriverLoadTests
{
    [Fact]
    public async Task Driver_TenThousandRequestsAndAHandlerThatWaits_ReadsNoFurtherThanTheBound()
    {
        const int count = 10_000;
        var work = new TaskCompletionSource();
        var handler = new RecordingHandler { WantsPdus = true };
        handler.On("Pdu", _ => new ValueTask(work.Task));
        await using var driver = new InlineDriver(
            handler: handler, configure: options => options with { MaximumPendingSends = int.MaxValue });
        work.SetResult();
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        work = new();
        var pipelined = Enumerable.Range(0, count).Select(i => WireBytes.EchoRq((ushort)i)).ToArray();
        var bytes = pipelined.Sum(pdu => pdu.Length);
        driver.Deliver(pipelined);

        // 16 calls may wait (the default), and one read's buffer.
        Assert.InRange(driver.Connection.Unread, bytes - 64 * 1024, bytes);
        work.SetResult();
        var answers = driver.TakeSent()[1..];
        Assert.Equal(Enumerable.Range(0, count), answers.Select(pdu => (int)WireBytes.CommandOf(pdu).MessageIdBeingRespondedTo!));
    }

    [Theory]
    [InlineData(16, int.MaxValue)]
    [InlineData(2, 200)]
    public async Task Driver_TenThousandRequestsAndAHandlerThatChangesThreads_AreAllAnsweredInOrder(int pendingCallbacks, int window)
    {
        const int count = 10_000;
        var handler = new RecordingHandler();
        handler.On("Message", async value =>
        {
            using var message = (DimseMessage)value!;
            await Task.Yield();
            while (handler.Respond(message, DicomCommandStatusType.Success) == SendOutcome.QueueFull)
            {
                await Task.Yield();
            }
        });
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        // With a small window the pump waits and wakes on one thread while the handler ends on another.
        acceptor.ReceiveCapacity = window;
        var options = new AssociationOptions { Log = new RecordingLogger(), MaximumPendingCallbacks = pendingCallbacks };
        var running = DicomPduLayer.Instance.RunAsync(new(acceptor, AssociationRole.Acceptor, handler, options));
        var peer = new ScriptedPeer(requestor);
        await peer.AssociateAsync();
        var sending = SendAllAsync();
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(i, (int)WireBytes.CommandOf(await peer.ReceiveAsync()).MessageIdBeingRespondedTo!);
        }

        await sending;
        await peer.ReleaseAsync();
        await running.WithTimeout();
        Assert.False(handler.HasOverlapped);

        // In parts: each has its time limit.
        async Task SendAllAsync()
        {
            foreach (var part in Enumerable.Range(0, count).Chunk(100))
            {
                await peer.SendAsync([.. part.Select(i => WireBytes.EchoRq((ushort)i))]);
            }
        }
    }

    [Fact]
    public async Task Driver_TenThreadsAndAPeerThatLeaves_EndOnceWithoutADeadLock()
    {
        for (var round = 0; round < 50; round++)
        {
            var handler = new RecordingHandler { WantsSent = true };
            var log = new RecordingLogger();
            var (requestor, acceptor) = InMemoryConnection.CreatePair();
            var running = DicomPduLayer.Instance.RunAsync(new(acceptor, AssociationRole.Acceptor, handler, new() { Log = log }));
            var peer = new ScriptedPeer(requestor);
            await peer.AssociateAsync();
            var threads = Enumerable.Range(0, 10).Select(i => Task.Run(() => Hammer(handler.Port, i + round)));
            Action leave = round % 3 == 0 ? requestor.Cut : requestor.Close;
            var leaving = Task.Run(leave, TestContext.Current.CancellationToken);
            await Task.WhenAll([.. threads, leaving]).WithTimeout();
            handler.Port.CloseForced();
            await running.WithTimeout();
            Assert.Equal("Closed", handler.Names.Last());
            Assert.Single(handler.Names, name => name == "Closed");
            Assert.False(handler.HasOverlapped);
            Assert.Empty(log.Errors);
        }
    }

    [Fact]
    public async Task Driver_DataPdusInTheSteadyState_AllocateNothing()
    {
        var sink = new CountingStream();
        await using var driver = InlineDriver.Associated(handler: new() { WantsDataStarting = true, Sink = sink });
        driver.Deliver(WireBytes.StoreRq(1));
        var pdu = WireBytes.StoreData(false, new byte[16384 - 6]);
        var halves = (First: pdu.AsMemory(0, 5000), Second: pdu.AsMemory(5000));

        // Code that the runtime has not optimised yet boxes a few flags: the steady state comes when it has found the time for that.
        await Eventually.True(() => Allocations.LeastOf(() => DeliverRounds(20)) == 0, TimeSpan.FromMinutes(5));
        Assert.Equal(0, sink.Length % (3 * (16384 - 6)));

        void DeliverRounds(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                driver.Connection.DeliverMemory(pdu);
                driver.Connection.DeliverMemory(pdu);
                driver.Connection.DeliverMemory(halves.First);
                driver.Connection.DeliverMemory(halves.Second);
            }
        }
    }

    [Fact]
    public async Task Driver_64MiBThroughTheSpool_NeedNoMoreMemoryThanOne()
    {
        const int pdus = 64 * 1024 * 1024 / 16378;
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1));
        var pdu = WireBytes.StoreData(false, new byte[16384 - 6]);
        driver.Connection.DeliverMemory(pdu);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < pdus; i++)
        {
            driver.Connection.DeliverMemory(pdu);
        }

        driver.Deliver(WireBytes.StoreData(true, 1, 2));
        // 1 MiB is arbitrary: a sixty-fourth of what came through.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    private static void Hammer(IAssociationPort port, int seed)
    {
        for (var i = 0; i < 20; i++)
        {
            switch ((seed + i) % 23)
            {
                case 21:
                    port.Abort(AAbort.ByUser);
                    break;
                case 22:
                    port.Close();
                    break;
                case 20:
                    port.RequestRelease();
                    break;
                default:
                    port.Send(1, new byte[100], null);
                    break;
            }
        }
    }

    private sealed class CountingStream : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;
    }
}
