using System.Net.Sockets;
using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Associations;

/// <summary>Pumps on attentive threads, over real sockets.</summary>
public sealed class AttentiveThreadsTests : IAsyncLifetime
{
    private readonly AttentiveThreads _threads = new(most: 1);

    // Whose watch never comes: for tests that want the thread, however slow the machine is.
    private readonly AttentiveThreads _unwatched = new(most: 1, watchInterval: TimeSpan.FromDays(1));
    private readonly CallingReceiver _receiver = new();
    private Socket _peer = null!;
    private SocketConnection _connection = null!;
    private ReceivePump _pump = null!;

    public async ValueTask InitializeAsync()
    {
        (_peer, var accepted) = await Loopback.ConnectedPairAsync();
        _connection = new(accepted);
        _pump = new(_connection, _receiver, new(_connection));
    }

    public async ValueTask DisposeAsync()
    {
        _peer.Dispose();
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Run_OnlyThreadIsBusyForLong_RunsOnThePool()
    {
        var first = new Work(wait: true);
        var second = new Work(wait: false);
        _threads.Run(first);
        Assert.True(await first.IsAttentive.WithTimeout());
        _threads.Run(second);
        Assert.False(await second.IsAttentive.WithTimeout());
        first.Finish();
    }

    [Fact]
    public async Task Run_OnlyThreadIsBusyForAMoment_WaitsForIt()
    {
        var first = new Work(wait: true);
        var second = new Work(wait: false);
        _unwatched.Run(first);
        _unwatched.Run(second);
        Assert.True(_unwatched.IsWanted);
        first.Finish();
        Assert.True(await second.IsAttentive.WithTimeout());
        Assert.False(_unwatched.IsWanted);
    }

    [Fact]
    public async Task Run_AmbientValueLeftBehind_IsNotTheNextOnes()
    {
        var ambient = new AsyncLocal<string>();
        var first = new Work(wait: false) { Deed = () => ambient.Value = "left behind" };
        _threads.Run(first);
        await first.Done.WithTimeout();
        string? seen = "not run";
        var second = new Work(wait: false) { Deed = () => seen = ambient.Value };
        await Eventually.True(() =>
        {
            second = new(wait: false) { Deed = () => seen = ambient.Value };
            _threads.Run(second);
            return second.IsAttentive.WithTimeout().GetAwaiter().GetResult();
        });
        await second.Done.WithTimeout();
        Assert.Null(seen);
    }

    [Fact]
    public async Task Pump_PeerSends_CallsOnTheAttentiveThread()
    {
        var attentive = new List<bool>();
        _receiver.Callback = _ => attentive.Add(AttentiveThread.Current is not null);
        _peer.Send([.. WireBytes.Pdu(4, 1), .. WireBytes.Pdu(5, 2, 3)]);
        Start(_unwatched);
        await Eventually.True(() => _receiver.CallsDone == 2);
        _peer.Shutdown(SocketShutdown.Send);
        Assert.Null(await _receiver.Ended.Task.WithTimeout());
        Assert.Equal([4, 5], _receiver.Types);
        Assert.Equal([true, true], attentive);
    }

    [Fact]
    public async Task Pump_PeerPausesForLong_IsServedByThePoolAfterwards()
    {
        var threads = new List<bool>();
        _receiver.Callback = _ => threads.Add(AttentiveThread.Current is null);
        Start();
        await ThreadIsFreeAsync();
        _peer.Send(WireBytes.Pdu(4, 1));
        await Eventually.True(() => threads.Count == 1);
        Assert.True(threads[0]);
    }

    [Fact]
    public async Task Pump_CallbackTakesItsTime_IsNotDeafMeanwhile()
    {
        using var second = new ManualResetEventSlim();
        _receiver.Callback = type => Assert.True(type != 4 || second.Wait(Timeouts.Default));
        _receiver.Delivered = type =>
        {
            if (type == 7)
            {
                second.Set();
            }
        };
        Start();
        _peer.Send(WireBytes.Pdu(4, 1));
        await Eventually.True(() => _receiver.IsCalling);
        _peer.Send(WireBytes.Pdu(7, 0, 0, 0, 0));
        await Eventually.True(() => _receiver.CallsDone == 2);
        Assert.Equal([4, 7], _receiver.Types);
    }

    [Fact]
    public async Task Pump_CallbackEndsThePause_GoesOnOnTheSameThread()
    {
        _receiver.Delivered = type =>
        {
            if (type == 4)
            {
                _pump.Pause();
            }
        };
        var threads = new List<AttentiveThread?>();
        _receiver.Callback = type =>
        {
            threads.Add(AttentiveThread.Current);
            if (type == 4 && _pump.Unpause())
            {
                _pump.Start();
            }
        };
        _peer.Send([.. WireBytes.Pdu(4, 1), .. WireBytes.Pdu(5, 2)]);
        Start(_unwatched);
        await Eventually.True(() => _receiver.CallsDone == 2);
        Assert.Equal([4, 5], _receiver.Types);
        Assert.NotNull(threads[0]);
        Assert.Same(threads[0], threads[1]);
    }

    [Fact]
    public async Task Pump_ClosedByAnotherThreadWhileWaiting_Ends()
    {
        Start();
        await Eventually.True(() => _receiver.IsWaiting);
        _connection.Close();
        await _receiver.Ended.Task.WithTimeout();
        Assert.Equal(0, await _peer.ReceiveAsync(new byte[1]).WithTimeout()); // an orderly end, no reset
    }

    [Fact]
    public async Task Pump_PeerResets_EndsWithTheError()
    {
        Start();
        await Eventually.True(() => _receiver.IsWaiting);
        _peer.LingerState = new(enable: true, seconds: 0);
        _peer.Dispose();
        Assert.IsType<TransportException>(await _receiver.Ended.Task.WithTimeout());
    }

    [Fact]
    public async Task Pump_ChattersOnWhileOthersFindNoThread_LeavesItsThread()
    {
        Start();
        for (var sent = 1; _receiver.LastThread is not null || sent < 10; sent++)
        {
            Assert.InRange(sent, 0, 10_000);
            _threads.Run(new Work(wait: false));
            _peer.Send(WireBytes.Pdu(4, 1));
            await Eventually.True(() => _receiver.CallsDone == sent);
        }
    }

    private void Start(AttentiveThreads? threads = null) => (threads ?? _threads).Run(new Work(wait: false) { Deed = _pump.Start });

    private Task ThreadIsFreeAsync() => Eventually.True(() =>
    {
        var probe = new Work(wait: false);
        _threads.Run(probe);
        return probe.IsAttentive.WithTimeout().GetAwaiter().GetResult();
    });

    private sealed class Work(bool wait) : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource<bool> _isAttentive = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _mayFinish = new();

        public Action Deed { get; init; } = () => { };

        public Task<bool> IsAttentive => _isAttentive.Task;

        public Task Done => _done.Task;

        public void Finish() => _mayFinish.SetResult();

        public void Execute()
        {
            _isAttentive.SetResult(AttentiveThread.Current is not null);
            Assert.True(!wait || _mayFinish.Task.Wait(Timeouts.Default));
            Deed();
            _done.SetResult();
        }
    }

    /// <summary>Queues a callback for each PDU, as the driver does, and runs it when it is told to.</summary>
    private sealed class CallingReceiver : IPduReceiver
    {
        private readonly SerialQueue<byte> _callbacks;
        private volatile int _callsDone;

        public CallingReceiver() => _callbacks = new(Call);

        public Action<byte> Delivered { get; set; } = _ => { };

        public Action<byte> Callback { get; set; } = _ => { };

        public List<byte> Types { get; } = [];

        public TaskCompletionSource<Exception?> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsWaiting, IsCalling;

        public volatile AttentiveThread? LastThread;

        public int CallsDone => _callsDone;

        bool IPduReceiver.Accepts(PduHeader header) => true;

        void IPduReceiver.OnPdu(PduHeader header, ReadOnlyMemory<byte> pdu)
        {
            Types.Add(header.Type);
            _callbacks.Enqueue(header.Type);
            Delivered(header.Type);
        }

        void IPduReceiver.OnWaiting(bool partialPdu) => IsWaiting = true;

        bool IPduReceiver.OnPausing(ReceivePump pump) => pump.TryPause();

        void IPduReceiver.OnBatchDelivered() => _callbacks.Drain();

        void IPduReceiver.OnEnd(Exception? error, bool midPdu) => Ended.TrySetResult(error);

        void IPduReceiver.OnFailure(Exception error) => Ended.TrySetException(error);

        private ValueTask Call(byte type)
        {
            IsCalling = true;
            LastThread = AttentiveThread.Current;
            Callback(type);
            _callsDone++;
            return default;
        }
    }
}
