using System.Net;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Rabble;

/// <summary>They come, and say nothing more; some leave before they are thrown out, some later than they should be.</summary>
internal static class Silent
{
    // Longer than ARTIM of the sample, 30 seconds.
    private const int MostSeconds = 40;

    public static async Task ConnectAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.ConnectAsync(server);
        await peer.EndsWithinAsync(TimeSpan.FromSeconds(Random.Shared.Next(1, MostSeconds)));
        peer.Reset();
    }

    public static async Task AssociateAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(server);
        await peer.EndsWithinAsync(TimeSpan.FromSeconds(Random.Shared.Next(1, MostSeconds)));
        peer.Reset();
    }
}
