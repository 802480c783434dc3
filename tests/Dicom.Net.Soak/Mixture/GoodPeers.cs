using System.Diagnostics;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Mixture;

/// <summary>Peers that do everything right, and are to be served whatever the others do: a fault of one of these ends the run.</summary>
internal sealed class GoodPeers(SoakedServers servers)
{
    public const string Echo = "C-ECHO", Newcomer = "connect, associate, C-ECHO, release", Store = "C-STORE", SecureStore = "C-STORE over TLS";

    // An association now and then, since they are what the bad peers are in the way of. Arbitrary.
    private const int StoresOfAnAssociation = 20;

    // As a modality that is at work, with time for the others; and as much disk as an hour fills. Arbitrary.
    private static readonly TimeSpan StorePause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan EchoPause = TimeSpan.FromMilliseconds(5);

    public static string[] Kinds => [Echo, Newcomer, Store, SecureStore];

    /// <summary>Lets them work for a time.</summary>
    /// <returns>How long each thing took them.</returns>
    public async Task<Latencies> WorkAsync(TimeSpan time)
    {
        var latencies = new Latencies();
        using var end = new CancellationTokenSource(time);
        await Task.WhenAll(
            Task.Run(() => EchoAsync(latencies, end.Token), CancellationToken.None),
            Task.Run(() => ComeAndGoAsync(latencies, end.Token), CancellationToken.None),
            Task.Run(() => StoreRawAsync(latencies, end.Token), CancellationToken.None),
            Task.Run(() => StoreRawAsync(latencies, end.Token), CancellationToken.None),
            Task.Run(() => StoreAsync(latencies, end.Token), CancellationToken.None),
            Task.Run(() => StoreAsync(latencies, end.Token), CancellationToken.None),
            Task.Run(() => StoreSecurelyAsync(latencies, end.Token), CancellationToken.None));
        return latencies;
    }

    private async Task EchoAsync(Latencies latencies, CancellationToken end)
    {
        using var peer = await RawPeer.AssociatedAsync(servers.Plain.EndPoint);
        while (!end.IsCancellationRequested)
        {
            await MeasureAsync(latencies, Echo, peer.EchoAsync);
            await Pauses.WaitAsync(EchoPause, end);
        }

        await peer.ReleaseAsync();
    }

    private async Task ComeAndGoAsync(Latencies latencies, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await MeasureAsync(latencies, Newcomer, async () =>
            {
                using var peer = await RawPeer.AssociatedAsync(servers.Plain.EndPoint);
                await peer.EchoAsync();
                await peer.ReleaseAsync();
                peer.Reset();
            });
            await Pauses.WaitAsync(EchoPause, end);
        }
    }

    private async Task StoreRawAsync(Latencies latencies, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var peer = await RawPeer.AssociatedAsync(servers.Plain.EndPoint);
            await StoreManyAsync(latencies, Store, peer.StoreAsync, servers.PlainLedger, end);
            await peer.ReleaseAsync();
        }
    }

    private async Task StoreAsync(Latencies latencies, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var peer = await LibraryPeer.AssociatedAsync(servers.Plain.EndPoint);
            await StoreManyAsync(latencies, Store, peer.StoreAsync, servers.PlainLedger, end);
            await peer.ReleaseAsync();
        }
    }

    private async Task StoreSecurelyAsync(Latencies latencies, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var peer = await LibraryPeer.AssociatedAsync(servers.Secure.EndPoint, servers.Tls);
            await StoreManyAsync(latencies, SecureStore, peer.StoreAsync, servers.SecureLedger, end);
            await peer.ReleaseAsync();
        }
    }

    private static async Task StoreManyAsync(
        Latencies latencies, string kind, Func<SoakInstance, Task> store, Ledger ledger, CancellationToken end)
    {
        for (var i = 0; i < StoresOfAnAssociation && !end.IsCancellationRequested; i++)
        {
            var instance = SoakInstance.Next(Random.Shared);
            await MeasureAsync(latencies, kind, () => store(instance));
            ledger.Add(instance);
            await Pauses.WaitAsync(StorePause, end);
        }
    }

    private static async Task MeasureAsync(Latencies latencies, string kind, Func<Task> act)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await act();
        }
        catch (Exception error)
        {
            throw new SoakException($"A good peer was let down, {kind}: {error.Message}");
        }

        latencies.Add(kind, Stopwatch.GetElapsedTime(start));
    }
}
