using System.Net;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Rabble;

/// <summary>They begin as good peers do, and end in the midst of something.</summary>
internal static class Killers
{
    // More than the server's buffers take, so that it has to stop reading; and as little room for it as possible here. Arbitrary.
    private const int UnreadAnswers = 100_000, SmallBuffer = 4096;

    /// <summary>FIN somewhere within a C-STORE-RQ or its data set.</summary>
    public static async Task CutAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(server);
        await SendPartAsync(peer);
    }

    /// <summary>RST there.</summary>
    public static async Task ResetAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(server);
        await SendPartAsync(peer);
        peer.Reset();
    }

    /// <summary>All of it, but nobody is there when the answer comes: the instance may be kept or not, but not a part of it.</summary>
    public static async Task LeaveBeforeTheAnswerAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(server);
        await peer.SendAsync(Wire.StoreRq(1, SoakInstance.Next(Random.Shared)));
        peer.Reset();
    }

    /// <summary>Asks and asks, and reads no answer.</summary>
    public static async Task DoNotReadAsync(IPEndPoint server, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(server, SmallBuffer);
        var request = Wire.EchoRq(1);
        for (var i = 0; i < UnreadAnswers; i++)
        {
            await peer.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(2), end);
        }

        peer.Reset();
    }

    private static async Task SendPartAsync(RawPeer peer)
    {
        var bytes = Wire.StoreRq(1, SoakInstance.Next(Random.Shared));
        await peer.SendAsync(bytes.AsMemory(0, Random.Shared.Next(bytes.Length)));
    }
}
