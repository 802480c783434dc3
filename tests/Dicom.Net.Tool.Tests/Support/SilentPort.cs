using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>A port that takes every connection and all that comes on it, and says nothing.</summary>
internal sealed class SilentPort : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Action _onAsked;
    private readonly Task _taking;
    private int _asked;

    /// <param name="onAsked">Called once, when the first byte has come.</param>
    public SilentPort(Action onAsked)
    {
        _onAsked = onAsked;
        _listener.Start();
        _taking = TakeAllAsync();
    }

    public string Number => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _taking;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task TakeAllAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(TakeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using var connection = client;
        var bytes = new byte[4096];
        try
        {
            while (await connection.GetStream().ReadAsync(bytes, _end.Token) > 0)
            {
                if (Interlocked.Exchange(ref _asked, 1) == 0)
                {
                    _onAsked();
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The test is over, or the other side has broken off.
        }
    }
}
