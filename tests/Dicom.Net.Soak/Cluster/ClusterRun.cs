using System.Diagnostics;
using System.Net;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Cluster;

/// <summary>One run of <c>cluster</c>.</summary>
internal sealed class ClusterRun(int nodes, int associations)
{
    // Between two deeds: HAProxy has the node that is back in use again after two checks. Arbitrary: more than that.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // What is compiled when it is first needed, and then again as it is used much, is no cost of an instance. Arbitrary.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private readonly Ledger _ledger = new();
    private readonly List<(long From, long To)> _kills = [];

    private ShortPeer[] Peers { get; set; } = [];

    /// <summary>Runs it and tells what it has found.</summary>
    /// <returns>The exit code: 0 if nothing was wrong.</returns>
    public async Task<int> RunAsync(int rounds, TimeSpan time)
    {
        using var scratch = new ScratchFolder();
        using var destination = new MoveDestination();
        var faults = new List<string>();

        // The nodes believe HAProxy, and take this program's own look at each of them as it is.
        await using (var cluster = await ThreeNodes.StartAsync(
            nodes, scratch.Path, "--proxy-or-direct", "--destination", $"{MoveDestination.Title}=127.0.0.1:{destination.Port}"))
        {
            Peers = [.. Enumerable.Range(1, associations).Select(i => new ShortPeer(AddressOf(i), isRaw: i % 2 == 0, _ledger))];
            await LoadAsync(cluster, rounds, time);
            faults.AddRange(FailuresWithoutReason());
            faults.AddRange(await new ClusterCheck(cluster, nodes, _ledger).RunAsync(Peers.Length, destination));
        }

        faults.AddRange(KeptInstances.Check(Path.Combine(scratch.Path, "archive"), _ledger.Acknowledged, mayBePartial: true).Faults);
        faults.ForEach(fault => Console.WriteLine($"FAULT: {fault}"));
        Console.WriteLine(
            $"{nodes} nodes, {rounds} rounds: {Peers.Sum(peer => peer.Associations)} associations, {_ledger.Count} instances acknowledged, "
            + $"{Peers.Sum(peer => peer.Failures.Count) - FailuresWithoutReason().Count()} associations lost with {_kills.Count} killed nodes, "
            + $"{faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>An address of its own for each peer, so that a node's log tells whether it knows whom it speaks to.</summary>
    public static IPAddress AddressOf(int peer) => new([127, 0, 1, (byte)peer]);

    private async Task LoadAsync(ThreeNodes cluster, int rounds, TimeSpan time)
    {
        using var end = new CancellationTokenSource();
        var work = Peers.Select(peer => Task.Run(() => peer.WorkAsync(end.Token), CancellationToken.None)).ToArray();
        if (rounds == 0)
        {
            await MeasureAsync(cluster, time);
        }

        for (var round = 1; round <= rounds; round++)
        {
            await Task.Delay(Pause, CancellationToken.None);
            await DisturbAsync(cluster, round);
        }

        await end.CancelAsync();
        await Task.WhenAll(work);
    }

    private async Task MeasureAsync(ThreeNodes cluster, TimeSpan time)
    {
        await Task.Delay(WarmUp);
        var (cost, start) = (new ClusterCost(cluster.Id), Stopwatch.GetTimestamp());
        var (instances, associations, bytes) = Done();
        await Task.Delay(time);
        var (last, elapsed) = (Done(), Stopwatch.GetElapsedTime(start));
        cost.Tell(elapsed, last.Instances - instances, last.Associations - associations, last.Bytes - bytes);
    }

    private (int Instances, int Associations, long Bytes) Done() =>
        (_ledger.Count, Peers.Sum(peer => peer.Associations), Peers.Sum(peer => peer.Bytes));

    /// <summary>Drains each node in turn, then kills one; after each deed the node is started again, and a pause made.</summary>
    private async Task DisturbAsync(ThreeNodes cluster, int round)
    {
        for (var node = 1; node <= nodes; node++)
        {
            var start = Stopwatch.GetTimestamp();
            await cluster.EndAsync(node, "TERM");
            Console.WriteLine($"Node {node} drained in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
            await ThreeNodes.StartedAgainAsync(node);
            await Task.Delay(Pause);
        }

        var victim = 1 + (round % nodes);
        var from = Stopwatch.GetTimestamp();
        await cluster.EndAsync(victim, "KILL");
        _kills.Add((from, Stopwatch.GetTimestamp()));
        Console.WriteLine($"Node {victim} killed");
        await ThreeNodes.StartedAgainAsync(victim);
        await Task.Delay(Pause);
    }

    // Who was with a node when it was killed is lost with it. Who came later, or to one that was drained, must not be.
    private IEnumerable<string> FailuresWithoutReason() => Peers
        .SelectMany(peer => peer.Failures)
        .Where(failure => !_kills.Exists(kill => failure.Begun <= kill.To && failure.Ended >= kill.From))
        .Select(failure => $"An association failed that a healthy node could have had: {failure.Reason}");
}
