using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>
/// Stands between one peer, which connects to it over IPv4, and one of our listeners, of either family: DCMTK 3.6.7 has no IPv6 (to its
/// echoscu, ::1 is an "Illegal service parameter", and a name that has an IPv6 address alone an "unknown host"). It can also hold back
/// what the peer sends after some bytes, or what it is answered: then a transfer is midway for as long as a test likes.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IPEndPoint _target;
    private readonly long _holdAfter;
    private readonly long _holdAnswersAfter;
    private readonly Task _work;

    public Relay(IPEndPoint target, long holdAfter = long.MaxValue, long holdAnswersAfter = long.MaxValue)
    {
        _target = target;
        _holdAfter = holdAfter;
        _holdAnswersAfter = holdAnswersAfter;
        _listener.Start();
        _work = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends when so many bytes have passed; the next ones wait.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets the rest pass.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        _listener.Dispose();
        await _work.WithTimeout();
    }

    private async Task RunAsync()
    {
        try
        {
            using var peer = await _listener.AcceptTcpClientAsync();
            using var ours = new TcpClient(_target.AddressFamily);
            if (_holdAnswersAfter != long.MaxValue)
            {
                // A buffer of a given size does not grow: what is held is held at the listener, and not here.
                ours.ReceiveBufferSize = BufferSize;
            }

            await ours.ConnectAsync(_target);
            await Task.WhenAll(PassAsync(peer, ours, _holdAfter), PassAsync(ours, peer, _holdAnswersAfter));
        }
        catch (SocketException) when (_released.Task.IsCompleted)
        {
            // The test is over, and nobody has connected.
        }
    }

    // When one side is gone, so is the other.
    private async Task PassAsync(TcpClient from, TcpClient to, long holdAfter)
    {
        var buffer = new byte[BufferSize];
        try
        {
            for (int count; (count = await from.GetStream().ReadAsync(buffer)) > 0; holdAfter -= count)
            {
                if (holdAfter <= 0)
                {
                    _held.TrySetResult();
                    await _released.Task.WithTimeout();
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            to.Close();
        }
    }
}
