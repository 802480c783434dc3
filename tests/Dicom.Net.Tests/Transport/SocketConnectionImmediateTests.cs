using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>Receiving on the calling thread.</summary>
public sealed class SocketConnectionImmediateTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = Timeouts.Default;

    private Socket _peer = null!;
    private SocketConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        (_peer, var accepted) = await Loopback.ConnectedPairAsync();
        _connection = new(accepted);
    }

    public async ValueTask DisposeAsync()
    {
        _peer.Dispose();
        await _connection.DisposeAsync();
    }

    [Fact]
    public void TryReceive_NothingThere_ReturnsAtOnce()
    {
        Assert.False(_connection.WaitUntilReadable(TimeSpan.FromMilliseconds(1)));
        Assert.False(_connection.TryReceive(new byte[10], out _));
    }

    [Fact]
    public void TryReceive_BytesThere_GivesThem()
    {
        _peer.Send([1, 2, 3]);
        Assert.True(_connection.WaitUntilReadable(Long));
        var room = new byte[10];
        Assert.True(_connection.TryReceive(room, out var count));
        Assert.Equal([1, 2, 3], room[..count]);
    }

    [Fact]
    public async Task TryReceive_PeerHasClosed_IsZeroAndTheCloseIsOrderly()
    {
        _peer.Shutdown(SocketShutdown.Send);
        Assert.True(_connection.WaitUntilReadable(Long));
        Assert.True(_connection.TryReceive(new byte[10], out var count));
        Assert.Equal(0, count);
        _connection.Close();
        Assert.Equal(0, await _peer.ReceiveAsync(new byte[1]).WithTimeout());
    }

    [Fact]
    public void TryReceive_PeerHasReset_IsConnectionReset()
    {
        _peer.LingerState = new(enable: true, seconds: 0);
        _peer.Dispose();
        Assert.True(_connection.WaitUntilReadable(Long));
        var error = Assert.Throws<TransportException>(() => _connection.TryReceive(new byte[10], out _));
        Assert.Equal(TransportErrorKind.ConnectionReset, error.Kind);
    }

    [Fact]
    public async Task CountCome_WhileBytesAreFetched_MissesNone()
    {
        const int Bytes = 20_000;
        _peer.NoDelay = true;
        var sending = Task.Run(
            () =>
            {
                for (var i = 0; i < Bytes; i++)
                {
                    _peer.Send([1]);
                }
            },
            TestContext.Current.CancellationToken);
        var fetching = Task.Run(
            () =>
            {
                var room = new byte[1];
                for (var fetched = 0; fetched < Bytes && _connection.WaitUntilReadable(Long);)
                {
                    fetched += _connection.TryReceive(room, out var count) ? count : 0;
                }
            },
            TestContext.Current.CancellationToken);

        var come = 0L;
        while (!fetching.IsCompleted)
        {
            var now = _connection.CountCome();
            Assert.True(now >= come, $"{come} bytes had come, and now it is {now}.");
            come = now;
        }

        await Task.WhenAll(sending, fetching).WithTimeout();
        Assert.Equal(Bytes, _connection.CountCome());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WaitUntilReadable_ClosedByAnotherThread_ReturnsOrThrowsAndTheNextThrows(bool abort)
    {
        var waiting = Task.Run(() => _connection.WaitUntilReadable(TimeSpan.FromMinutes(5)));
        if (abort)
        {
            _connection.Abort();
        }
        else
        {
            _connection.Close();
        }

        await Task.WhenAny(waiting).WithTimeout();
        Assert.True(waiting.IsCompletedSuccessfully || waiting.Exception?.InnerException is TransportException { Kind: TransportErrorKind.Closed });
        var error = Assert.Throws<TransportException>(() => _connection.TryReceive(new byte[1], out _));
        Assert.Equal(TransportErrorKind.Closed, error.Kind);
    }
}
