using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Transport;

public sealed class AcceptLoopTests : IDisposable
{
    private const int AcceptFailing = 1004;
    private const int AcceptRecovered = 1005;
    private const int HandlesRunningOut = 1008;

    private readonly Channel<Func<Socket>> _outcomes = Channel.CreateUnbounded<Func<Socket>>();
    private readonly Channel<Socket> _accepted = Channel.CreateUnbounded<Socket>();
    private readonly RecordingLogger _log = new();
    private readonly PauseRecorder _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private Exception? _handlerFailure;
    private int? _freeHandles;

    public void Dispose() => _stopping.Dispose();

    [Theory]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.ConnectionAborted)]
    [InlineData(SocketError.NetworkUnreachable)]
    public async Task Run_ConnectionLostInQueue_AcceptsTheNextAtOnce(SocketError error)
    {
        var loop = Start();
        Fail(error);
        await AssertAcceptsAsync();
        Assert.Empty(_time.Pauses);
        Assert.Empty(_log.Errors);
        await StopAsync(loop);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)] // EMFILE, ENFILE
    [InlineData(SocketError.NoBufferSpaceAvailable)] // ENOBUFS
    [InlineData(SocketError.SocketError)] // whatever else an operating system thinks of
    public async Task Run_OutOfResources_PausesLongerAndLongerLogsOnceAndRecovers(SocketError error)
    {
        var loop = Start();
        int[] expected = [50, 100, 200, 400, 800, 1000, 1000];
        for (var i = 0; i < expected.Length; i++)
        {
            Fail(error);
            await Eventually.True(() => _time.Pauses.Count == i + 1);
            _time.Advance(_time.Pauses[i]);
        }

        await AssertAcceptsAsync();
        Assert.Equal(expected, _time.Pauses.Select(pause => (int)pause.TotalMilliseconds));
        Assert.Equal(1, _log.Count(AcceptFailing));
        Assert.Equal(1, _log.Count(AcceptRecovered));
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_SecondEpisode_StartsWithAShortPauseAndIsLoggedAgain()
    {
        var loop = Start();
        for (var episode = 1; episode <= 2; episode++)
        {
            Fail(SocketError.TooManyOpenSockets);
            await Eventually.True(() => _time.Pauses.Count == episode);
            _time.Advance(_time.Pauses[^1]);
            await AssertAcceptsAsync();
        }

        Assert.All(_time.Pauses, pause => Assert.Equal(TimeSpan.FromMilliseconds(50), pause));
        Assert.Equal(2, _log.Count(AcceptFailing));
        Assert.Equal(2, _log.Count(AcceptRecovered));
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_BeforeThePauseIsOver_DoesNotAccept()
    {
        var loop = Start();
        Fail(SocketError.TooManyOpenSockets);
        await Eventually.True(() => _time.Pauses.Count == 1);
        Succeed();
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Equal(1, _outcomes.Reader.Count);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        using var socket = await AcceptedAsync();
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_StoppedDuringAPause_EndsAtOnce()
    {
        var loop = Start();
        Fail(SocketError.TooManyOpenSockets);
        await Eventually.True(() => _time.Pauses.Count == 1);
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_OnlyTheReserveIsLeft_AcceptsNothingUntilHandlesAreFreeAgain()
    {
        _freeHandles = 34;
        var loop = Start();
        Succeed(() => _freeHandles = 17); // half of the 34
        using var last = await AcceptedAsync();
        var waiting = Succeed();
        await PassPausesAsync(3);
        Assert.Equal(1, _outcomes.Reader.Count);
        _freeHandles = 34;
        _time.Advance(_time.Pauses[^1]);
        using var next = await AcceptedAsync();
        Assert.Same(waiting, next);
        Assert.Equal([50, 100, 200, 400], _time.Pauses.Take(4).Select(pause => (int)pause.TotalMilliseconds));
        Assert.Equal(1, _log.Count(HandlesRunningOut));
        Assert.Equal(0, _log.Count(AcceptFailing));
        Assert.Equal(1, _log.Count(AcceptRecovered));
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_OutOfHandlesDespiteTheReserve_CountsBeforeTheNextAccept()
    {
        _freeHandles = 20_000; // enough for many accepts without counting
        var loop = Start();
        await AssertAcceptsAsync();
        _freeHandles = 0;
        Fail(SocketError.TooManyOpenSockets);
        var waiting = Succeed();
        await PassPausesAsync(1);
        Assert.Equal(1, _outcomes.Reader.Count);
        _freeHandles = 20_000;
        _time.Advance(_time.Pauses[^1]);
        using var next = await AcceptedAsync();
        Assert.Same(waiting, next);
        Assert.Equal(1, _log.Count(AcceptFailing));
        Assert.Equal(0, _log.Count(HandlesRunningOut)); // one episode, one line
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_UnexpectedException_SurvivesIt()
    {
        var loop = Start();
        Assert.True(_outcomes.Writer.TryWrite(() => throw new InvalidOperationException("unheard of")));
        await Eventually.True(() => _time.Pauses.Count == 1);
        _time.Advance(_time.Pauses[0]);
        await AssertAcceptsAsync();
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_HandlerThrows_ClosesThatConnectionAndServesTheNext()
    {
        var loop = Start();
        _handlerFailure = new InvalidOperationException("the handler's");
        var lost = Succeed();
        await Eventually.True(() => lost.SafeHandle.IsClosed);
        _handlerFailure = null;
        await AssertAcceptsAsync();
        Assert.Equal("the handler's", Assert.Single(_log.Errors).Exception?.Message);
        await StopAsync(loop);
    }

    [Fact]
    public async Task Run_ListeningSocketClosedByOthers_EndsAndSaysSo()
    {
        var loop = Start();
        Assert.True(_outcomes.Writer.TryWrite(() => throw new ObjectDisposedException("socket")));
        await loop.WithTimeout();
        Assert.Equal(LogLevel.Critical, Assert.Single(_log.Errors).Level);
    }

    [Fact]
    public async Task Run_AcceptedWhileStopping_ClosesTheConnection()
    {
        var loop = Start();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.True(_outcomes.Writer.TryWrite(() =>
        {
            _stopping.Cancel();
            return socket;
        }));
        await loop.WithTimeout();
        Assert.True(socket.SafeHandle.IsClosed);
        Assert.Equal(0, _accepted.Reader.Count);
    }

    private Task Start()
    {
        var options = new TransportListenerOptions { Time = _time, FreeHandles = () => _freeHandles };
        var loop = new AcceptLoop(Accept, new IPEndPoint(IPAddress.Loopback, 104), Take, options, _log);
        return loop.RunAsync(_stopping.Token);

        Socket Accept() => _outcomes.Reader.ReadAsync(_stopping.Token).AsTask().GetAwaiter().GetResult()();

        void Take(Socket socket) => Assert.True(
            _handlerFailure is { } failure ? throw failure : _accepted.Writer.TryWrite(socket));
    }

    private void Fail(SocketError error) => Assert.True(_outcomes.Writer.TryWrite(() => throw new SocketException((int)error)));

    private Socket Succeed(Action? meanwhile = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.True(_outcomes.Writer.TryWrite(() =>
        {
            meanwhile?.Invoke();
            return socket;
        }));
        return socket;
    }

    /// <summary>Lets so many pauses pass, and awaits the next one's beginning.</summary>
    private async Task PassPausesAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Eventually.True(() => _time.Pauses.Count == i + 1);
            _time.Advance(_time.Pauses[i]);
        }

        await Eventually.True(() => _time.Pauses.Count == count + 1);
    }

    private Task<Socket> AcceptedAsync() => _accepted.Reader.ReadAsync().WithTimeout();

    private async Task AssertAcceptsAsync()
    {
        var expected = Succeed();
        using var socket = await AcceptedAsync();
        Assert.Same(expected, socket);
    }

    private async Task StopAsync(Task loop)
    {
        await _stopping.CancelAsync();
        await loop.WithTimeout();
    }

    /// <summary>A clock moved by hand that also tells for how long somebody wants to wait.</summary>
    private sealed class PauseRecorder : FakeTimeProvider
    {
        private readonly Lock _gate = new();
        private readonly List<TimeSpan> _pauses = [];

        public IReadOnlyList<TimeSpan> Pauses
        {
            get
            {
                lock (_gate)
                {
                    return [.. _pauses];
                }
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            lock (_gate)
            {
                _pauses.Add(dueTime);
            }

            return timer;
        }
    }
}
