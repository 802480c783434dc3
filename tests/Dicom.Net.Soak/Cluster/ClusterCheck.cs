using System.Net;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Cluster;

/// <summary>Whether each node finds and moves what was stored through any of them, and knows who its peers are.</summary>
internal sealed class ClusterCheck(ThreeNodes cluster, int nodes, Ledger ledger)
{
    // Arbitrary: as many are moved through each node, at random.
    private const int Moved = 300;

    /// <summary>Not HAProxy's, so that a node takes a connection from there as it is.</summary>
    private static readonly IPAddress Here = new([127, 0, 2, 1]);

    /// <returns>What is wrong.</returns>
    public async Task<List<string>> RunAsync(int peers, MoveDestination destination)
    {
        var faults = new List<string>();
        for (var node = 1; node <= nodes; node++)
        {
            faults.AddRange(await FindAsync(node));
            faults.AddRange(await MoveAsync(node, destination));
            faults.AddRange(StrangersOf(node));
        }

        var known = Enumerable.Range(1, nodes).SelectMany(cluster.Log).Select(AddressOf).ToHashSet();
        faults.AddRange(Enumerable.Range(1, peers).Select(ClusterRun.AddressOf).Where(address => !known.Contains($"{address}"))
            .Select(address => $"No node's log has the peer {address}"));
        return faults;
    }

    private async Task<IEnumerable<string>> FindAsync(int node)
    {
        using var peer = await LibraryPeer.AssociatedAsync(ThreeNodes.Node(node), abstractSyntax: DicomUids.StudyRootFind, from: Here);
        var found = await peer.FindAllAsync();
        await peer.ReleaseAsync();
        return ledger.Acknowledged.Where(uid => !found.Contains(uid)).Select(uid => $"{uid} was acknowledged, and node {node} does not find it");
    }

    private async Task<IEnumerable<string>> MoveAsync(int node, MoveDestination destination)
    {
        var wanted = ledger.Acknowledged.ToArray();
        Random.Shared.Shuffle(wanted);
        wanted = wanted[..Math.Min(Moved, wanted.Length)];
        using var peer = await LibraryPeer.AssociatedAsync(ThreeNodes.Node(node), abstractSyntax: DicomUids.StudyRootMove, from: Here);
        try
        {
            await peer.MoveAsync(MoveDestination.Title, wanted);
            await peer.ReleaseAsync();
        }
        catch (SoakException error)
        {
            return [$"Node {node} does not move: {error.Message}"];
        }

        var moved = destination.Take();
        return wanted.Where(uid => !moved.Contains(uid)).Select(uid => $"{uid} was acknowledged, and node {node} does not move it");
    }

    // Peers come from 127.0.1.x and from here; HAProxy itself, from 127.0.0.1, is none.
    private IEnumerable<string> StrangersOf(int node) => cluster.Log(node).Select(AddressOf)
        .Where(address => address == $"{IPAddress.Loopback}")
        .Select(address => $"Node {node} takes HAProxy for a peer");

    // A line about a peer begins with address and port.
    private static string AddressOf(string line) =>
        IPEndPoint.TryParse(line.Split(' ')[0], out var endPoint) && endPoint.Port > 0 ? $"{endPoint.Address}" : "";
}
