using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public sealed class SocketConnectionTests : IAsyncLifetime
{
    // More than the send and receive buffers of the loopback hold together, so that a send has to wait for the reader.
    private const int MoreThanTheKernelHolds = 16 << 20;

    // More than a peer with a small receive buffer takes before it reads, and less than a send buffer holds.
    private const int MoreThanThePeersWindow = 128 << 10;

    private Socket _peer = null!;
    private Socket _accepted = null!;
    private SocketConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        (_peer, _accepted) = await Loopback.ConnectedPairAsync();
        _connection = new SocketConnection(_accepted);
    }

    public async ValueTask DisposeAsync()
    {
        _peer.Dispose();
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Receive_BytesThenPeerCloses_GivesThemThenZero()
    {
        _peer.Send([1, 2, 3]);
        _peer.Shutdown(SocketShutdown.Send);
        Assert.Equal([1, 2, 3], await ReceiveToEndAsync());
    }

    [Fact]
    public async Task Receive_EmptyBuffer_WaitsUntilReadableAndConsumesNothing()
    {
        var readable = Receive(Memory<byte>.Empty);
        Assert.False(readable.IsCompleted);
        _peer.Send([7]);
        Assert.Equal(0, await readable.WithTimeout());
        var buffer = new byte[8];
        Assert.Equal(1, await Receive(buffer).WithTimeout());
        Assert.Equal(7, buffer[0]);
    }

    [Fact]
    public async Task Receive_EmptyBufferPeerCloses_Completes()
    {
        var readable = Receive(Memory<byte>.Empty);
        _peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await readable.WithTimeout());
        Assert.Equal(0, await Receive(new byte[1]).WithTimeout());
    }

    [Fact]
    public async Task Receive_Cancelled_LosesNoByte()
    {
        using var cancel = new CancellationTokenSource();
        var buffer = new byte[8];
        var receiving = _connection.ReceiveAsync(buffer, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.WithTimeout());
        _peer.Send([1, 2]);
        Assert.Equal(2, await Receive(buffer).WithTimeout());
    }

    [Fact]
    public async Task Receive_PeerResets_IsConnectionResetThatNamesThePeer()
    {
        var receiving = Receive(new byte[1]);
        Reset(_peer);
        var error = await Assert.ThrowsAsync<TransportException>(() => receiving.WithTimeout());
        Assert.Equal(TransportErrorKind.ConnectionReset, error.Kind);
        Assert.Contains(_connection.RemoteEndPoint.ToString(), error.Message);
    }

    [Fact]
    public async Task Send_MoreThanTheKernelHolds_ArrivesWholeAndInOrder()
    {
        var bytes = new byte[MoreThanTheKernelHolds];
        new Random(1).NextBytes(bytes);
        var sending = Send(bytes);
        var received = new byte[bytes.Length];
        await new NetworkStream(_peer).ReadExactlyAsync(received, TestContext.Current.CancellationToken).WithTimeout();
        await sending.WithTimeout();
        Assert.True(bytes.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task Send_PeerHasReset_IsConnectionReset()
    {
        Reset(_peer);
        var error = await Assert.ThrowsAsync<TransportException>(() => Send(new byte[MoreThanTheKernelHolds]).WithTimeout());
        Assert.Equal(TransportErrorKind.ConnectionReset, error.Kind);
    }

    [Fact]
    public async Task Send_CancelledWhilePeerDoesNotRead_EndsAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        var sending = _connection.SendAsync(new byte[MoreThanTheKernelHolds], cancel.Token).AsTask();
        Assert.False(sending.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WithTimeout());
    }

    [Fact]
    public async Task Close_DataQueued_StillGoesOut()
    {
        await Send(FillTheQueue()).WithTimeout();
        _connection.Close();
        Assert.Equal(MoreThanThePeersWindow, await CountToEndOfPeerAsync());
    }

    [Fact]
    public async Task Close_DataQueuedAndBytesUnread_StillGoesOut()
    {
        _peer.Send(new byte[1024]);
        await Receive(Memory<byte>.Empty).WithTimeout();
        await Send(FillTheQueue()).WithTimeout();
        _connection.Close();
        Assert.Equal(MoreThanThePeersWindow, await CountToEndOfPeerAsync());
    }

    [Fact]
    public async Task Close_ReceivePending_EndsItAndThePeerSeesAnOrderlyEnd()
    {
        var receiving = Receive(new byte[1]);
        await Send(new byte[100]).WithTimeout();
        _connection.Close();
        var error = await Assert.ThrowsAsync<TransportException>(() => receiving.WithTimeout());
        Assert.Equal(TransportErrorKind.Closed, error.Kind);
        Assert.Equal(100, await CountToEndOfPeerAsync());
    }

    [Fact]
    public async Task Close_SendPending_EndsIt()
    {
        var sending = Send(new byte[MoreThanTheKernelHolds]);
        _connection.Close();
        var error = await Assert.ThrowsAsync<TransportException>(() => sending.WithTimeout());
        Assert.Equal(TransportErrorKind.Closed, error.Kind);
    }

    [Fact]
    public async Task Abort_DataQueuedAndReceivePending_ResetsThePeer()
    {
        var receiving = Receive(new byte[1]);
        await Send(new byte[100]).WithTimeout();
        _connection.Abort();
        Assert.Equal(TransportErrorKind.Closed, (await Assert.ThrowsAsync<TransportException>(() => receiving.WithTimeout())).Kind);
        var error = await Assert.ThrowsAsync<SocketException>(CountToEndOfPeerAsync);
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseAfterTheEnd_AnyCall_IsClosedOrNothing(bool abort)
    {
        End();
        End();
        _connection.ShutdownSend();
        _connection.Abort();
        Assert.Equal(TransportErrorKind.Closed, (await Assert.ThrowsAsync<TransportException>(() => Receive(new byte[1]))).Kind);
        Assert.Equal(TransportErrorKind.Closed, (await Assert.ThrowsAsync<TransportException>(() => Send(new byte[1]))).Kind);
        Assert.NotEqual(0, _connection.RemoteEndPoint.Port);

        void End() => ((Action)(abort ? _connection.Abort : _connection.Close))();
    }

    [Fact]
    public async Task ShutdownSend_PeerGoesOnSending_IsReceived()
    {
        _connection.ShutdownSend();
        Assert.Equal(0, await CountToEndOfPeerAsync());
        _peer.Send([5]);
        _peer.Shutdown(SocketShutdown.Send);
        Assert.Equal([5], await ReceiveToEndAsync());
    }

    [Fact]
    public async Task AsStream_SynchronousCalls_MoveTheBytesAndDisposeCloses()
    {
        var stream = _connection.AsStream();
        _peer.Send([1, 2, 3]);
        var buffer = new byte[3];
        stream.ReadExactly(buffer);
        stream.Write(buffer);
        await stream.DisposeAsync();
        Assert.Equal([1, 2, 3], buffer);
        Assert.Equal(3, await CountToEndOfPeerAsync());
    }

    [Fact]
    public void EndPoints_OfBothSides_AreThoseOfTheSockets()
    {
        Assert.Equal(_peer.RemoteEndPoint, _connection.LocalEndPoint);
        Assert.Equal(_peer.LocalEndPoint, _connection.RemoteEndPoint);
    }

    [Fact]
    public async Task EndPoints_IPv4PeerOnDualModeSocket_AreIPv4()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        listener.Listen();
        using var peer = await Loopback.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        await using var connection = new SocketConnection(await listener.AcceptAsync(TestContext.Current.CancellationToken));
        Assert.Equal(peer.LocalEndPoint, connection.RemoteEndPoint);
        Assert.Equal(IPAddress.Loopback, connection.LocalEndPoint.Address);
    }

    [Fact]
    public async Task Send_CancelledBefore_SendsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _connection.SendAsync(new byte[1], new(canceled: true)).WithTimeout());
        _connection.Close();
        Assert.Equal(0, await _peer.ReceiveAsync(new byte[1]).WithTimeout());
    }

    [Fact]
    public void New_SocketAlreadyClosed_IsTransportException()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        Assert.Throws<TransportException>(() => new SocketConnection(socket));
    }

    /// <summary>Bytes of which some stay in this side's kernel when the send is done, since the peer does not read.</summary>
    private byte[] FillTheQueue()
    {
        _peer.ReceiveBufferSize = 32 << 10;
        _accepted.SendBufferSize = 4 * MoreThanThePeersWindow;
        return new byte[MoreThanThePeersWindow];
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private Task<int> Receive(Memory<byte> buffer) => _connection.ReceiveAsync(buffer, CancellationToken.None).AsTask();

    private Task Send(ReadOnlyMemory<byte> bytes) => _connection.SendAsync(bytes, CancellationToken.None).AsTask();

    private async Task<byte[]> ReceiveToEndAsync()
    {
        var all = new List<byte>();
        var buffer = new byte[1024];
        while (await Receive(buffer).WithTimeout() is var count and > 0)
        {
            all.AddRange(buffer.AsSpan(0, count));
        }

        return [.. all];
    }

    private async Task<int> CountToEndOfPeerAsync()
    {
        var total = 0;
        var buffer = new byte[64 << 10];
        while (await _peer.ReceiveAsync(buffer.AsMemory()).WithTimeout() is var count and > 0)
        {
            total += count;
        }

        return total;
    }
}
