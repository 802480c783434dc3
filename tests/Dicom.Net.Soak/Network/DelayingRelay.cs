using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Dicom.Net.Soak.Network;

/// <summary>Stands between peers and a server that are far apart: what passes, in either direction, takes its time.</summary>
internal sealed class DelayingRelay : IAsyncDisposable
{
    // What is on the way at once, in parts of a few KiB: past it the sender has to wait, as on a real line. Arbitrary.
    private const int PartsUnderway = 64, PartBytes = 8 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly TimeSpan _delay;
    private readonly Task _work;

    public DelayingRelay(IPEndPoint server, TimeSpan delay)
    {
        _server = server;
        _delay = delay;
        _listener.Start();
        _work = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _work;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var peer = await _listener.AcceptSocketAsync();
                _ = Task.Run(() => ServeAsync(peer));
            }
        }
        catch (SocketException)
        {
            // Closed: the run is over.
        }
    }

    private async Task ServeAsync(Socket peer)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (peer)
        {
            try
            {
                peer.NoDelay = true;
                await server.ConnectAsync(_server);
                await Task.WhenAll(PassAsync(peer, server), PassAsync(server, peer));
            }
            catch (SocketException)
            {
                // One of them is gone: both are.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var underway = Channel.CreateBounded<(long Sent, byte[] Part)>(PartsUnderway);
        var arriving = ArriveAsync(underway.Reader, to);
        var buffer = new byte[PartBytes];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
            {
                await underway.Writer.WriteAsync((Stopwatch.GetTimestamp(), buffer[..count]));
            }
        }
        catch (SocketException)
        {
            to.Close(timeout: 0);
        }
        finally
        {
            underway.Writer.Complete();
        }

        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(long Sent, byte[] Part)> underway, Socket to)
    {
        try
        {
            await foreach (var (sent, part) in underway.ReadAllAsync())
            {
                var left = _delay * (0.5 + Random.Shared.NextDouble()) - Stopwatch.GetElapsedTime(sent);
                await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
                await to.SendAsync(part);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is gone; so that nobody waits for room that never comes, the rest is dropped.
            await foreach (var _ in underway.ReadAllAsync())
            {
            }
        }
    }
}
