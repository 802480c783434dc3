using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>Headers of the PROXY protocol on real sockets: in pieces, and with what follows in the same segment.</summary>
public sealed class ProxyHeaderReceiverTests
{
    private static readonly byte[] Following = [1, 2, 3, 4, 5, 6, 7];

    public static TheoryData<byte[]> Headers =>
    [
        ProxyHeaders.Line("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104"),
        ProxyHeaders.WithCheckSum("[2001:db8::7]:50000", "[2001:db8::1]:104", ProxyHeaders.Tls(0, 7, "CT 1")),
        ProxyHeaders.Proxied("192.0.2.7:50000", "198.51.100.1:104", ProxyHeaders.Tlv(0x04, new byte[1000])), // More than at first is made room for.
    ];

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Receive_InTwoPiecesAtEveryPlace_LeavesWhatFollows(byte[] header)
    {
        byte[] stream = [.. header, .. Following];
        for (var cut = 1; cut < stream.Length; cut += cut is > 60 and < 1000 ? 97 : 1)
        {
            var (peer, accepted) = await Loopback.ConnectedPairAsync();
            using (peer)
            {
                peer.NoDelay = true;
                await using var connection = new SocketConnection(accepted);
                var receiving = ReceiveAsync(connection);
                peer.Send(stream.AsSpan(0, cut));
                await Eventually.True(() => cut >= header.Length ? receiving.IsCompleted : connection.Received == cut);
                peer.Send(stream.AsSpan(cut));

                var told = await receiving.WithTimeout();

                Assert.Equal(header.Length, connection.Received);
                Assert.Equal(((IPEndPoint)peer.LocalEndPoint!).Port, told.Proxy!.Port);
                Assert.Equal(Following, await ReadAsync(connection, Following.Length));
            }
        }
    }

    [Fact]
    public async Task Receive_ByteByByte_IsTheSame()
    {
        var header = ProxyHeaders.Proxied("192.0.2.7:50000", "198.51.100.1:104");
        var (peer, accepted) = await Loopback.ConnectedPairAsync();
        using var closing = peer;
        peer.NoDelay = true;
        await using var connection = new SocketConnection(accepted);
        var receiving = ReceiveAsync(connection);
        for (var i = 0; i < header.Length; i++)
        {
            peer.Send(header.AsSpan(i, 1));
            await Eventually.True(() => connection.Received == i + 1);
        }

        Assert.Equal(IPEndPoint.Parse("192.0.2.7:50000"), (await receiving.WithTimeout()).Source);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(27)]
    public async Task Receive_ClosedInItsMidst_SaysSo(int come)
    {
        var (peer, accepted) = await Loopback.ConnectedPairAsync();
        using var closing = peer;
        await using var connection = new SocketConnection(accepted);
        peer.Send(ProxyHeaders.Proxied("192.0.2.7:50000", "198.51.100.1:104").AsSpan(0, come));
        peer.Shutdown(SocketShutdown.Send);

        var fault = await Assert.ThrowsAsync<ProxyHeaderException>(() => ReceiveAsync(connection).WithTimeout());

        Assert.Contains($"after {come} bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_SomethingElse_TakesNothing()
    {
        var (peer, accepted) = await Loopback.ConnectedPairAsync();
        using var closing = peer;
        await using var connection = new SocketConnection(accepted);
        peer.Send("GET / HTTP/1.1\r\n"u8);

        await Assert.ThrowsAsync<ProxyHeaderException>(() => ReceiveAsync(connection).WithTimeout());

        Assert.Equal(0, connection.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speaks_PeerLeavesWithoutAByte_IsFalse(bool reset)
    {
        var (peer, accepted) = await Loopback.ConnectedPairAsync();
        await using var connection = new SocketConnection(accepted);
        if (reset)
        {
            peer.LingerState = new(enable: true, seconds: 0);
        }

        peer.Dispose();

        Assert.False(await NewReceiver(connection).SpeaksAsync(TestContext.Current.CancellationToken).WithTimeout());
    }

    [Fact]
    public async Task Speaks_Cancelled_Ends()
    {
        var (peer, accepted) = await Loopback.ConnectedPairAsync();
        using var closing = peer;
        await using var connection = new SocketConnection(accepted);
        using var late = new CancellationTokenSource();
        var speaking = NewReceiver(connection).SpeaksAsync(late.Token);

        await late.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => speaking.WithTimeout());
    }

    [Fact]
    public async Task Speaks_ClosedHere_Throws()
    {
        var (peer, accepted) = await Loopback.ConnectedPairAsync();
        using var closing = peer;
        var connection = new SocketConnection(accepted);
        var speaking = NewReceiver(connection).SpeaksAsync(TestContext.Current.CancellationToken);

        connection.Close();

        await Assert.ThrowsAsync<TransportException>(() => speaking.WithTimeout());
    }

    private static ProxyHeaderReceiver NewReceiver(SocketConnection connection) => new(connection, new PeerHearing(connection));

    private static async Task<DicomProxyHeader> ReceiveAsync(SocketConnection connection)
    {
        var receiver = NewReceiver(connection);
        Assert.True(await receiver.SpeaksAsync(TestContext.Current.CancellationToken));
        return await receiver.ReceiveAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> ReadAsync(SocketConnection connection, int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var read = await connection.ReceiveAsync(bytes.AsMemory(filled), TestContext.Current.CancellationToken).WithTimeout();
            Assert.NotEqual(0, read);
            filled += read;
        }

        return bytes;
    }
}
