using System.Net;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Network;

/// <summary>One run of <c>network</c>.</summary>
internal sealed class NetworkRun(TimeSpan time)
{
    private const int Storers = 4; // near and far, of either kind, raw and the library's; arbitrary
    private const int Killed = 3; // at a time; arbitrary

    // Shorter than any time limit of peers or server, so that nobody may give up. TCP tries again 0.2, 0.6, 1.4, 3.0 and 6.2 seconds after
    // the last that was heard (RFC 6298, with Linux's least time): in the pause all are heard again.
    private const int LongestCutMilliseconds = 3000, PauseMilliseconds = 4000;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(30);

    // The server never hears of a peer that is killed during a cut: its kernel gives up at once. In the midst of an instance it is missed
    // after a minute, by the library's limit; between two of them by this one, as long: longer than any pause of the others.
    private const string IdleTimeoutSeconds = "60";

    // Until the minutes have passed, on a busy machine too. Arbitrary.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(4);

    private readonly Ledger _ledger = new();
    private int _cuts;
    private int _kills;

    /// <summary>Runs it and tells what it has found.</summary>
    /// <returns>The exit code: 0 if nothing was wrong.</returns>
    public async Task<int> RunAsync()
    {
        using var scratch = new ScratchFolder();
        var folder = scratch.Sub("kept");
        await using var cable = await Cable.LayAsync();
        await using var server = await ServerProcess.StartAsync(
            cable.AtFarEnd, Cable.Far, "StoreScp", "--out", folder, "--idle-timeout", IdleTimeoutSeconds);
        await using var relay = new DelayingRelay(server.EndPoint, Delay);
        Console.WriteLine(Cable.TryDelay(Delay) ? "The cable delays (netem)." : "There is no netem here: a relay delays, for half of the peers.");

        var before = await WarmUpAsync(server, relay.EndPoint);
        var faults = await WorkAsync(cable, server.EndPoint, relay.EndPoint);
        faults.AddRange(await RecoverAsync(server, before, folder));
        if (await server.TerminateAsync() is not 0 and var code)
        {
            faults.Add($"The server ended with {code}");
        }

        var (whole, wrong) = KeptInstances.Check(folder, _ledger.Acknowledged, mayBePartial: false);
        faults.AddRange(wrong);
        faults.ForEach(fault => Console.WriteLine($"FAULT: {fault}"));
        Console.WriteLine($"{_cuts} cuts, {_kills} peers killed: {_ledger.Count} instances acknowledged, {whole} whole on disk, {faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    // So that what is compared with is a server that has worked.
    private async Task<ServerFigures> WarmUpAsync(ServerProcess server, IPEndPoint far)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Task.WhenAll(StoreSteadily(server.EndPoint, far, end.Token));
        return ServerFigures.Of(server);
    }

    private async Task<List<string>> WorkAsync(Cable cable, IPEndPoint near, IPEndPoint far)
    {
        using var end = new CancellationTokenSource(time);
        var faults = new List<string>();
        Task[] work = [.. StoreSteadily(near, far, end.Token), CutAsync(cable, end.Token), .. Enumerable.Range(0, Killed).Select(_ => KillAsync(near, end.Token))];
        foreach (var each in work)
        {
            try
            {
                await each;
            }
            catch (SoakException fault)
            {
                faults.Add(fault.Message);
            }
        }

        return faults;
    }

    private IEnumerable<Task> StoreSteadily(IPEndPoint near, IPEndPoint far, CancellationToken end) =>
        Enumerable.Range(0, Storers).Select(i => Task.Run(
            () => new SteadyStorer(i < Storers / 2 ? near : far, isRaw: i % 2 == 0, _ledger).WorkAsync(end), CancellationToken.None));

    private async Task CutAsync(Cable cable, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            cable.PullOut();
            _cuts++;
            await Task.Delay(Random.Shared.Next(LongestCutMilliseconds), CancellationToken.None);
            cable.PlugIn();
            await Pauses.WaitAsync(TimeSpan.FromMilliseconds(PauseMilliseconds), end);
        }
    }

    private async Task KillAsync(IPEndPoint near, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await using var storer = new StorerProcess(near, _ledger);
            using var late = new CancellationTokenSource(Recovery);
            while (storer.Stored == 0 && !end.IsCancellationRequested && !late.IsCancellationRequested)
            {
                await Task.Delay(1, CancellationToken.None);
            }

            // Anywhere in what it does from then on.
            await Pauses.WaitAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(300)), end);
            Interlocked.Increment(ref _kills);
        }
    }

    /// <summary>Waits until the killed peers are forgotten, and what they had begun is gone.</summary>
    private static async Task<List<string>> RecoverAsync(ServerProcess server, ServerFigures before, string folder)
    {
        using var late = new CancellationTokenSource(Recovery);
        while (true)
        {
            List<string> excesses = [.. ServerFigures.Of(server).ExcessesOver(before), .. Directory.GetFiles(folder, "*.part")];
            if (excesses.Count == 0 || late.IsCancellationRequested)
            {
                return excesses;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
        }
    }
}
