using System.Net;
using System.Net.Sockets;
using Dicom.Net.Soak.Instances;

namespace Dicom.Net.Soak.Peers;

/// <summary>A good peer that stores for the whole run in one association, whatever happens to the disk or the network.</summary>
internal sealed class SteadyStorer(IPEndPoint server, bool isRaw, Ledger ledger)
{
    // PS3.4 Table B.2-1.
    private const int OutOfResources = 0xA700;

    // Time for the others, and as much disk as a run fills. Arbitrary.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _refused;

    /// <summary>How many instances were refused for want of room.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <exception cref="SoakException">The association has ended, or an answer is neither success nor A700H.</exception>
    public async Task WorkAsync(CancellationToken end)
    {
        try
        {
            using var peer = isRaw ? (IDisposable)await RawPeer.AssociatedAsync(server) : await LibraryPeer.AssociatedAsync(server);
            while (!end.IsCancellationRequested)
            {
                await StoreAsync(peer, SoakInstance.Next(Random.Shared));
                await Pauses.WaitAsync(Pause, end);
            }

            await (peer is RawPeer raw ? raw.ReleaseAsync() : ((LibraryPeer)peer).ReleaseAsync());
        }
        catch (Exception error) when (error is SocketException or TimeoutException or DicomException)
        {
            throw new SoakException($"An association that should have gone on has ended: {error.Message}");
        }
    }

    private async Task StoreAsync(IDisposable peer, SoakInstance instance)
    {
        switch (peer is RawPeer raw ? await raw.TryStoreAsync(instance) : await ((LibraryPeer)peer).TryStoreAsync(instance))
        {
            case 0:
                ledger.Add(instance);
                break;
            case OutOfResources:
                Interlocked.Increment(ref _refused);
                break;
            case var status:
                throw new SoakException($"Answered with status {status:X4}H");
        }
    }
}
