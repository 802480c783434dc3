using System.Net;
using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.Retrieving;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>The C-STOREs of a C-GET: how long they may take, and how their answers are noticed.</summary>
public sealed class SubOperationTests
{
    // Not a limit of anything else: who waits so long is known by it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(7);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetAsync_AStoreIsNotAnswered_ItAndTheRestHaveFailedWhenTheTimeIsOver(bool countIsKnown)
    {
        var time = new WaitCounter();
        var log = new RecordingLogger();
        var opened = 0;
        var instances = Enumerable.Range(1, 3).Select(number => new DicomInstance(SopClass, $"1.{number}", DicomUids.ImplicitVRLittleEndian, _ =>
        {
            opened++;
            return new(TestInstance.Create());
        })).ToList();
        using var served = await GettingAsync(
            new DicomHandlers { SubOperationTimeLimit = Limit }.OnCGet((request, _) =>
            {
                request.Count = countIsKnown ? instances.Count : null;
                return instances.ToAsyncEnumerable();
            }),
            OnTime(time) with { LoggerFactory = new SingleLoggerFactory(log) });
        served.Scu.CStoreRequestReceived += (_, store) => store.Handled = true;
        SendGet(served);
        var last = served.ResponseAsync<DicomCGetResponseEventArgs>();

        await Eventually.True(() =>
        {
            time.Advance(Limit);
            return last.IsCompleted;
        });

        Assert.Equal((DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 3, 0), Counts(await last));
        Assert.Equal("1.1,1.2,1.3", served.Text);
        Assert.Equal((1, 1), (opened, log.Count(3205)));
        await Eventually.True(() => !served.Scu.IsAssociated()); // The window is used up by what was not answered.
    }

    [Fact]
    public async Task GetAsync_AnInstanceIsLongOnItsWay_TheTimeForItsAnswerBeginsAnew()
    {
        var time = new WaitCounter();
        var line = new SlowLine();
        var instance = new DicomInstance(SopClass, "1.1", DicomUids.ImplicitVRLittleEndian, _ =>
        {
            line.Hold();
            return new(TestInstance.Create());
        });
        using var served = await GettingAsync(
            new DicomHandlers { SubOperationTimeLimit = Limit }.OnCGet((_, _) => new[] { instance }.ToAsyncEnumerable()),
            OnTime(time) with { PduLayer = line });
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);
        SendGet(served);
        await Eventually.True(() => time.Waits == 1);

        time.Advance(Limit);
        await Eventually.True(() => time.Waits == 2);
        line.Release();

        Assert.Equal((DicomCommandStatusType.Success, 0, 1, 0, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
    }

    [Fact]
    public async Task GetAsync_AClassKeepsTheResponsesForItself_TheInstancesAreCounted()
    {
        var handlers = new DicomHandlers { Supported = Everything() }.OnCGet((_, _) => Instances(2));
        using var served = await AssociatedAsync(new Reticent(handlers), AlsoAsProvider);
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.Success, 0, 2, 0, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
    }

    [Fact]
    public async Task GetAsync_AClassKeepsTheEndForItself_TheCallEndsWithTheAssociation()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handlers = new DicomHandlers { Supported = Everything() }.OnCGet((request, _) =>
        {
            request.WhenAnswered(_ => answered.SetResult());
            return Instances(2);
        });
        using var served = await AssociatedAsync(new Reticent(handlers), AlsoAsProvider);
        served.Scu.CStoreRequestReceived += (_, _) =>
            served.Scu.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();

        SendGet(served);

        await answered.Task.WithTimeout();
    }

    /// <summary>As code for LEADTOOLS may be written: what it overrides does not call its base, so that no event is raised.</summary>
    private sealed class Reticent(DicomHandlers handlers)
        : DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions { Handlers = handlers })
    {
        protected override DicomNet CreateClient() => new Reticent(handlers);

        protected override void OnReceiveCStoreResponse(
            byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status)
        {
        }

        protected override void OnClose(DicomExceptionCode error, DicomNet net)
        {
        }
    }

    /// <summary>A clock moved by hand that counts who waits as long as a C-STORE may.</summary>
    private sealed class WaitCounter : FakeTimeProvider
    {
        private int _waits;

        public int Waits => Volatile.Read(ref _waits);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Limit)
            {
                Interlocked.Increment(ref _waits);
            }

            return timer;
        }
    }

    /// <summary>What is sent while it is held goes out when it is released.</summary>
    private sealed class SlowLine : IPduLayer
    {
        private volatile TaskCompletionSource? _held;

        public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _held!.SetResult();

        public Task RunAsync(PduLayerContext context) =>
            DicomPduLayer.Instance.RunAsync(context.With(new Connection(context.Connection, this)));

        private sealed class Connection(PduConnection inner, SlowLine line) : PduConnection
        {
            public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

            public override IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

            public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
                inner.ReceiveAsync(buffer, cancellationToken);

            public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
            {
                await (line._held?.Task ?? Task.CompletedTask);
                await inner.SendAsync(bytes, cancellationToken);
            }

            public override void ShutdownSend() => inner.ShutdownSend();

            public override void Close() => inner.Close();

            public override void Abort() => inner.Abort();
        }
    }
}
