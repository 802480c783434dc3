using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Transport;

/// <summary>So many handshakes are computed at a time, and who only waits is none of them.</summary>
public sealed class TlsHandshakeTurnTests : IAsyncLifetime
{
    private readonly TlsHandshakeTurns _turns = new(1);
    private readonly FakeTimeProvider _time = new();
    private SocketConnection _client = null!;
    private SocketConnection _server = null!;

    public async ValueTask InitializeAsync()
    {
        var (requestor, acceptor) = await Loopback.ConnectedPairAsync();
        (_client, _server) = (new(requestor), new(acceptor));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Run_NoTurnFree_WaitsForItAndIsNotLate()
    {
        await _turns.TakeAsync(TestContext.Current.CancellationToken);
        var securing = SecureServerAsync(_server);
        var secured = SecureClientAsync(_client);
        await Eventually.True(() => _server.Received > 0 && _server.CountCome() == _server.Received);

        _time.Advance(TlsPair.ServerOptions.HandshakeTimeout);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(securing.IsCompleted);
        _turns.GiveBack();

        await using var server = await securing.WithTimeout();
        await using var client = await secured.WithTimeout();
        Assert.Equal(client.Facts.CipherSuite, server.Facts.CipherSuite);
        Assert.Equal(1, _turns.Free);
    }

    [Fact]
    public async Task Run_PeersThatKeepSilentAfterTheirFirstMessage_HoldNoTurn()
    {
        var hello = await ClientHelloAsync();
        var silent = Enumerable.Range(0, 20).Select(_ => InMemoryConnection.CreatePair()).ToArray();
        var waiting = silent.Select(pair => SecureServerAsync(pair.Acceptor)).ToArray();
        foreach (var (requestor, _) in silent)
        {
            await requestor.SendAsync(hello, CancellationToken.None).WithTimeout();
        }

        // Each is answered, and waits for its peer from then on.
        await Eventually.True(() => silent.All(pair => pair.Requestor.Unreceived > 0) && _turns.Free == 1);
        var securing = SecureServerAsync(_server);
        await using var client = await SecureClientAsync(_client).WithTimeout();
        await using var server = await securing.WithTimeout();

        _time.Advance(TlsPair.ServerOptions.HandshakeTimeout);
        foreach (var handshake in waiting)
        {
            var late = await Assert.ThrowsAsync<TransportException>(() => handshake.WithTimeout());
            Assert.Equal(TransportErrorKind.TlsTimedOut, late.Kind);
        }

        Assert.Equal(1, _turns.Free);
    }

    [Fact]
    public async Task Run_ApplicationLooksAtACertificate_HoldsNoTurn()
    {
        var options = TlsPair.ServerOptions with
        {
            ClientCertificateMode = DicomTlsClientCertificateMode.Required,
            TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
        };
        var free = new List<int>();
        var securing = TlsHandshake.RunAsync(
            _server, options.ToSettings(), new(IsServer: false, null, Note), _time, _turns);
        var settings = (TlsPair.ClientOptions with { Certificate = TlsTestAuthority.Client }).ToSettings();
        await using var client = await TlsHandshake.RunAsync(
            _client, settings, new(IsServer: true, "127.0.0.1", found => found.IsOk), TimeProvider.System).WithTimeout();
        await using var server = await securing.WithTimeout();

        Assert.NotEmpty(free);
        Assert.All(free, count => Assert.Equal(1, count));

        bool Note(TlsVerification found)
        {
            free.Add(_turns.Free);
            return found.IsOk;
        }
    }

    [Fact]
    public async Task Run_HandshakeFails_TurnComesBack()
    {
        var securing = SecureServerAsync(_server);
        await _client.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), CancellationToken.None).WithTimeout();
        await Assert.ThrowsAsync<TransportException>(() => securing.WithTimeout());
        Assert.Equal(1, _turns.Free);
    }

    [Fact]
    public async Task Run_PeerDoesNotReadTheAnswer_IsLate()
    {
        await using var below = new InlineConnection { StallsSends = true };
        var securing = SecureServerAsync(below);
        below.Deliver(await ClientHelloAsync());
        await Eventually.True(() => below.IsSendStalled);

        await Eventually.True(() =>
        {
            // That it waits for the peer is noted on another thread.
            _time.Advance(TlsPair.ServerOptions.HandshakeTimeout);
            return securing.IsCompleted;
        });

        var late = await Assert.ThrowsAsync<TransportException>(() => securing.WithTimeout());
        Assert.Equal(TransportErrorKind.TlsTimedOut, late.Kind);
        Assert.Equal(1, _turns.Free);
    }

    [Fact]
    public async Task Write_PeerDoesNotRead_GivesTheTurnBack()
    {
        await using var below = new InlineConnection { StallsSends = true };
        var turn = new TlsHandshakeTurn(_turns, new(below));
        var records = new TlsRecordStream(below, new()) { Handshake = turn };
        await turn.EndWaitingAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _turns.Free);

        var writing = records.WriteAsync(new byte[10], TestContext.Current.CancellationToken);

        Assert.Equal(1, _turns.Free);
        below.CompleteSend();
        await writing.WithTimeout();
        turn.Yield();
        Assert.Equal(1, _turns.Free);
    }

    private static Task<TlsConnection> SecureClientAsync(PduConnection connection) => TlsHandshake.RunAsync(
        connection, TlsPair.ClientOptions.ToSettings(), new(IsServer: true, "127.0.0.1", found => found.IsOk), TimeProvider.System);

    private Task<TlsConnection> SecureServerAsync(PduConnection connection) => TlsHandshake.RunAsync(
        connection, TlsPair.ServerOptions.ToSettings(), new(IsServer: false, null, found => found.IsOk), _time, _turns);

    /// <summary>What a client says first.</summary>
    private static async Task<byte[]> ClientHelloAsync()
    {
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        var securing = SecureClientAsync(requestor);
        var hello = new byte[16 * 1024];
        var length = await acceptor.ReceiveAsync(hello, CancellationToken.None).WithTimeout();
        acceptor.Close();
        await Assert.ThrowsAsync<TransportException>(() => securing.WithTimeout());
        return hello[..length];
    }
}
