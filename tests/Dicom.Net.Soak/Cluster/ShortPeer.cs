using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Cluster;

/// <summary>A good peer with an address of its own, which has one association after the other, each with some instances, as modalities do.</summary>
internal sealed class ShortPeer(IPAddress address, bool isRaw, Ledger ledger)
{
    // Arbitrary: most associations of modalities carry a series or a part of one.
    private const int MostInstances = 10;

    // Arbitrary: one that has failed tries again, as a modality does, but not at full speed.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<FailedAssociation> _failures = [];

    public IReadOnlyList<FailedAssociation> Failures => _failures;

    /// <summary>How many associations it had, from request to release.</summary>
    public int Associations { get; private set; }

    /// <summary>How many bytes of instances were acknowledged.</summary>
    public long Bytes { get; private set; }

    public async Task WorkAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                await AssociateAndStoreAsync(end);
                Associations++;
            }
            catch (Exception error) when (error is SocketException or TimeoutException or DicomException or SoakException)
            {
                _failures.Add(new(begun, Stopwatch.GetTimestamp(), error.Message));
                await Pauses.WaitAsync(Pause, end);
            }
        }
    }

    private async Task AssociateAndStoreAsync(CancellationToken end)
    {
        using var peer = isRaw
            ? (IDisposable)await RawPeer.AssociatedAsync(ThreeNodes.Balancer, from: address)
            : await LibraryPeer.AssociatedAsync(ThreeNodes.Balancer, from: address);
        for (var rest = Random.Shared.Next(1, MostInstances + 1); rest > 0 && !end.IsCancellationRequested; rest--)
        {
            var instance = SoakInstance.Next(Random.Shared);
            await (peer is RawPeer raw ? raw.StoreAsync(instance) : ((LibraryPeer)peer).StoreAsync(instance));
            ledger.Add(instance);
            Bytes += instance.PixelBytes;
        }

        await (peer is RawPeer last ? last.ReleaseAsync() : ((LibraryPeer)peer).ReleaseAsync());
    }
}

/// <summary>An association that was not carried out, and when.</summary>
internal sealed record FailedAssociation(long Begun, long Ended, string Reason);
