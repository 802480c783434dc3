using System.Net;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Rabble;

/// <summary>A byte at a time.</summary>
internal static class Slow
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task AssociateAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.ConnectAsync(server);
        await DribbleAsync(peer, Wire.AssociateRq, end);
        peer.Reset();
    }

    public static async Task StoreAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(server);
        await DribbleAsync(peer, Wire.StoreRq(1, new(Random.Shared.Next(), 200)), end);
        peer.Reset();
    }

    private static async Task DribbleAsync(RawPeer peer, byte[] bytes, CancellationToken end)
    {
        for (var i = 0; i < bytes.Length && !end.IsCancellationRequested; i++)
        {
            await peer.SendAsync(bytes.AsMemory(i, 1));
            await Pauses.WaitAsync(Pause, end);
        }
    }
}
