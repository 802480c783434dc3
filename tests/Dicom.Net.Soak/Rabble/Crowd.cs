using System.Net;
using System.Net.Sockets;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Rabble;

/// <summary>Peers that do the same bad thing over and over again.</summary>
internal sealed class Crowd(TimeSpan pause, CancellationToken end)
{
    private long _deeds;

    public long Deeds => Interlocked.Read(ref _deeds);

    public void Add(int count, IPEndPoint server, Func<IPEndPoint, CancellationToken, Task> deed)
    {
        for (var i = 0; i < count; i++)
        {
            _ = Task.Run(() => RepeatAsync(server, deed), CancellationToken.None);
        }
    }

    private async Task RepeatAsync(IPEndPoint server, Func<IPEndPoint, CancellationToken, Task> deed)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await deed(server, end);
            }
            catch (Exception error) when (error is SocketException or SoakException or TimeoutException or OperationCanceledException)
            {
                // Thrown out: it tries again.
            }

            Interlocked.Increment(ref _deeds);
            await Pauses.WaitAsync(pause, end);
        }
    }
}
