using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dicom.Net.Tests.Transport;

public sealed class TlsConnectionTests : IAsyncLifetime
{
    private TlsPair _pair = null!;

    private TlsConnection Client => _pair.Client;

    private TlsConnection Server => _pair.Server;

    public async ValueTask InitializeAsync() => _pair = await TlsPair.CreateAsync();

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task SendAndReceive_AMegabyteEachWay_ArrivesAsItWas(SslProtocols protocol)
    {
        await using var pair = await TlsPair.CreateAsync(TlsPair.ClientOptions with { Protocols = protocol });
        var bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);

        var there = ReadAsync(pair.Server, bytes.Length);
        var back = ReadAsync(pair.Client, bytes.Length);
        await pair.Client.SendAsync(bytes, CancellationToken.None).WithTimeout();
        await pair.Server.SendAsync(bytes, CancellationToken.None).WithTimeout();

        Assert.Equal(bytes, await there.WithTimeout());
        Assert.Equal(bytes, await back.WithTimeout());
        Assert.Equal(protocol, pair.Client.Facts.Protocol);
        Assert.Equal(pair.Server.Facts.CipherSuite, pair.Client.Facts.CipherSuite);
    }

    [Fact]
    public async Task Receive_EmptyBuffer_WaitsForBytesAndTakesNone()
    {
        var waiting = Server.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);

        await Client.SendAsync(new byte[] { 7 }, CancellationToken.None).WithTimeout();

        Assert.Equal(0, await waiting.WithTimeout());
        Assert.Equal([7], await ReadAsync(Server, 1).WithTimeout());
    }

    [Fact]
    public async Task Close_IsTheEndOfTheStreamToThePeer()
    {
        await Client.SendAsync(new byte[] { 7 }, CancellationToken.None).WithTimeout();
        Client.Close();

        Assert.Equal([7], await ReadAsync(Server, 1).WithTimeout());
        Assert.Equal(0, await Server.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).WithTimeout());
        Assert.Equal(0, await Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
        Assert.Null(Server.Failure);
    }

    [Fact]
    public async Task Receive_ConnectionEndsWithoutCloseNotify_IsALostConnection()
    {
        _pair.BelowClient.Close();

        var error = await Assert.ThrowsAsync<TransportException>(
            () => Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());

        Assert.Equal(TransportErrorKind.ConnectionReset, error.Kind);
        Assert.Contains("close_notify", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, Server.Failure);
    }

    [Fact]
    public async Task Receive_BytesThatAreNoRecord_IsALostConnection()
    {
        await _pair.BelowClient.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), CancellationToken.None).WithTimeout();

        var error = await Assert.ThrowsAsync<TransportException>(
            () => Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());

        Assert.Equal(TransportErrorKind.ConnectionReset, error.Kind);
    }

    [Fact]
    public async Task ShutdownSend_PeerSeesTheEnd_AndMayStillSend()
    {
        Client.ShutdownSend();
        Assert.Equal(0, await Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());

        await Server.SendAsync(new byte[] { 1, 2, 3 }, CancellationToken.None).WithTimeout();
        Server.Close();

        Assert.Equal([1, 2, 3], await ReadAsync(Client, 3).WithTimeout());
        Assert.Equal(0, await Client.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
    }

    [Fact]
    public async Task Close_WithAReceiveUnderWay_EndsItAndTellsThePeer()
    {
        var waiting = Client.ReceiveAsync(new byte[1], CancellationToken.None).AsTask();

        Client.Close();
        Client.Close();

        var error = await Assert.ThrowsAsync<TransportException>(() => waiting.WithTimeout());
        Assert.Equal(TransportErrorKind.Closed, error.Kind);
        Assert.Equal(0, await Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
    }

    [Fact]
    public async Task Close_PeerDoesNotRead_ReturnsAtOnce()
    {
        var sending = Client.SendAsync(new byte[32 << 20], CancellationToken.None).AsTask();
        Assert.False(sending.IsCompleted);

        Client.Close();

        var error = await Assert.ThrowsAsync<TransportException>(() => sending.WithTimeout());
        Assert.Equal(TransportErrorKind.Closed, error.Kind);
    }

    [Fact]
    public async Task Close_OnTwoThreadsAtOnce_TellsThePeerAllTheSame()
    {
        for (var i = 0; i < 30; i++)
        {
            await using var pair = await TlsPair.CreateAsync();
            using var start = new Barrier(3);
            Action<TlsConnection>[] ends = [secure => secure.Close(), secure => secure.Close(), secure => secure.ShutdownSend()];
            var ending = ends.Select(end => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    end(pair.Client);
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));
            await Task.WhenAll(ending).WithTimeout();

            Assert.Equal(0, await pair.Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
        }
    }

    [Fact]
    public async Task Close_CipherIsHeldByASendThatNobodyReads_ReturnsAndEndsTheConnection()
    {
        var (requestor, acceptor) = await Loopback.ConnectedPairAsync();
        var below = new SocketConnection(requestor);
        var securing = TlsHandshake.RunAsync(
            new SocketConnection(acceptor), TlsPair.ServerOptions.ToSettings(), new(IsServer: false, null, found => found.IsOk),
            TimeProvider.System);
        var turn = new TlsCipherTurn();
        var records = new TlsRecordStream(below, turn);
        var ssl = new SslStream(records);
        var settings = TlsPair.ClientOptions.ToSettings();
        var check = new TlsChainCheck(settings, new(IsServer: true, "127.0.0.1", found => found.IsOk));
        await ssl.AuthenticateAsClientAsync(settings.ForClient("127.0.0.1", check.Check), TestContext.Current.CancellationToken).WithTimeout();
        await using var server = await securing.WithTimeout();
        var client = new TlsConnection(below, records, ssl, turn, NullLogger.Instance);

        // From the handshake on the turn is taken, as it is while a KeyUpdate is being answered.
        turn.AwaitPeer();
        Assert.False(turn.TryTake());
        await Task.Run(client.Close, TestContext.Current.CancellationToken).WithTimeout();

        var lost = await Assert.ThrowsAsync<TransportException>(() => server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
        Assert.Contains("close_notify", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_ResetsThePeer()
    {
        Client.Abort();
        Client.Abort();

        var error = await Assert.ThrowsAsync<TransportException>(
            () => Server.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());
        Assert.Equal(TransportErrorKind.ConnectionReset, error.Kind);
        Assert.IsType<SocketException>(error.InnerException);
    }

    [Fact]
    public async Task SendAndReceive_AfterClose_SayThatItWasClosedHere()
    {
        Client.Close();

        var send = await Assert.ThrowsAsync<TransportException>(() => Client.SendAsync(new byte[1], CancellationToken.None).WithTimeout());
        var receive = await Assert.ThrowsAsync<TransportException>(
            () => Client.ReceiveAsync(new byte[1], CancellationToken.None).WithTimeout());

        Assert.Equal((TransportErrorKind.Closed, TransportErrorKind.Closed), (send.Kind, receive.Kind));
        Client.ShutdownSend();
    }

    [Fact]
    public async Task Receive_Cancelled_LosesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = Server.ReceiveAsync(new byte[1], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WithTimeout());

        await Client.SendAsync(new byte[] { 7 }, CancellationToken.None).WithTimeout();

        Assert.Equal([7], await ReadAsync(Server, 1).WithTimeout());
    }

    [Fact]
    public async Task Close_WhileThePeerFloods_NeverMeetsTheCipher()
    {
        for (var round = 0; round < 8; round++)
        {
            await using var pair = await TlsPair.CreateAsync();
            var flood = FloodAsync(pair.Client);
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var reading = DrainAsync(pair.Server, begun);
            await begun.Task.WithTimeout();

            pair.Server.Close();

            await reading.WithTimeout();
            pair.Client.Close();
            await flood.WithTimeout();
        }

        static async Task FloodAsync(TlsConnection connection)
        {
            try
            {
                while (true)
                {
                    await connection.SendAsync(new byte[1000], CancellationToken.None);
                }
            }
            catch (TransportException)
            {
                // The other side has closed, or this one.
            }
        }

        static async Task DrainAsync(TlsConnection connection, TaskCompletionSource begun)
        {
            try
            {
                while (await connection.ReceiveAsync(new byte[500], CancellationToken.None) > 0)
                {
                    begun.TrySetResult();
                }
            }
            catch (TransportException error)
            {
                Assert.Equal(TransportErrorKind.Closed, error.Kind);
            }
        }
    }

    private static async Task<byte[]> ReadAsync(TlsConnection connection, int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var read = await connection.ReceiveAsync(bytes.AsMemory(filled), CancellationToken.None);
            Assert.True(read > 0, "The stream ended early.");
            filled += read;
        }

        return bytes;
    }
}
