using System.Globalization;
using Dicom.Net.Soak.Rabble;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Mixture;

/// <summary>One run of <c>mix</c>.</summary>
internal sealed class MixRun(TimeSpan time, double maximumRatio, int pause)
{
    // The first of everything takes its time. Arbitrary.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    // ARTIM and the other limits of the sample, 60 seconds at most; pool threads take their time to die, too.
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(90);

    // A bad peer's process that dies by SIGKILL in the midst of everything is one of the bad things. Arbitrary.
    private static readonly TimeSpan LifeOfARabble = TimeSpan.FromSeconds(15);

    private readonly List<string> _faults = [];

    /// <summary>Runs it and tells what it has found.</summary>
    /// <returns>The exit code: 0 if nothing was wrong.</returns>
    public async Task<int> RunAsync()
    {
        using var scratch = new ScratchFolder();
        await using var servers = await SoakedServers.StartAsync(scratch);
        var peers = new GoodPeers(servers);
        await peers.WorkAsync(WarmUp);

        var calm = await peers.WorkAsync(time / 5);
        var before = await FiguresAsync(servers, baseline: null);
        Console.WriteLine($"Before: {before[0]}; with TLS: {before[1]}");

        var (storm, deeds, amid) = await StormAsync(servers, peers, time * 4 / 5);
        var after = await FiguresAsync(servers, before);
        Console.WriteLine($"Amid:   {amid[0]}; with TLS: {amid[1]}");
        Console.WriteLine($"After:  {after[0]}; with TLS: {after[1]}");
        Console.WriteLine($"The bad peers' deeds: {deeds}");
        CompareLatencies(calm, storm);
        await CheckFilesAsync(servers);
        _faults.ForEach(fault => Console.WriteLine($"FAULT: {fault}"));
        Console.WriteLine(_faults.Count == 0 ? "Nothing is wrong." : $"{_faults.Count} faults.");
        return _faults.Count == 0 ? 0 : 1;
    }

    private async Task<(Latencies Storm, long Deeds, ServerFigures[] Amid)> StormAsync(
        SoakedServers servers, GoodPeers peers, TimeSpan duration)
    {
        using var end = new CancellationTokenSource();
        var rabble = Task.Run(() => RunRabbleAsync(servers, end.Token));
        var good = peers.WorkAsync(duration);
        while (await Task.WhenAny(good, Task.Delay(TimeSpan.FromMinutes(1))) != good)
        {
            var figures = Figures(servers);
            Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {figures[0]}; with TLS: {figures[1]}");
        }

        var storm = await good;
        var amid = Figures(servers);
        await end.CancelAsync();
        return (storm, await rabble, amid);
    }

    private async Task<long> RunRabbleAsync(SoakedServers servers, CancellationToken end)
    {
        long deeds = 0;
        while (!end.IsCancellationRequested)
        {
            await using var rabble = RabbleProcess.Start(servers, pause);
            await Peers.Pauses.WaitAsync(LifeOfARabble, end);
            if (rabble.HasExited)
            {
                throw new SoakException($"The bad peers' process has ended: {rabble.Output}");
            }

            deeds += rabble.Deeds;
        }

        return deeds;
    }

    private async Task<ServerFigures[]> FiguresAsync(SoakedServers servers, ServerFigures[]? baseline)
    {
        if (baseline is null)
        {
            await Task.Delay(WarmUp);
            return Figures(servers);
        }

        using var late = new CancellationTokenSource(RecoveryTime);
        string[] excesses;
        while ((excesses = Excesses(baseline, Figures(servers))).Length > 0 && !late.IsCancellationRequested)
        {
            await Peers.Pauses.WaitAsync(TimeSpan.FromSeconds(1), late.Token);
        }

        _faults.AddRange(excesses);
        return Figures(servers);
    }

    private static string[] Excesses(ServerFigures[] before, ServerFigures[] after) =>
        [.. before.Zip(after).SelectMany(pair => pair.Second.ExcessesOver(pair.First))];

    private static ServerFigures[] Figures(SoakedServers servers)
    {
        if (servers.Plain.HasExited || servers.Secure.HasExited)
        {
            throw new SoakException("A server has died.");
        }

        return [ServerFigures.Of(servers.Plain), ServerFigures.Of(servers.Secure)];
    }

    private void CompareLatencies(Latencies calm, Latencies storm)
    {
        foreach (var kind in GoodPeers.Kinds)
        {
            var ratio = storm.Percentile(kind, 99) / calm.Percentile(kind, 99);
            Console.WriteLine(kind);
            Console.WriteLine($"  without the bad peers: {calm.Describe(kind)}");
            Console.WriteLine($"  with them:             {storm.Describe(kind)}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  p99 with them is {ratio:F2} times that without"));
            if (maximumRatio > 0 && ratio > maximumRatio)
            {
                _faults.Add(string.Create(CultureInfo.InvariantCulture, $"p99 of {kind} is {ratio:F2} times as long with the bad peers"));
            }
        }
    }

    private async Task CheckFilesAsync(SoakedServers servers)
    {
        var (whole, faults) = await servers.EndAsync();
        var acknowledged = servers.PlainLedger.Count + servers.SecureLedger.Count;
        Console.WriteLine($"{acknowledged} instances acknowledged, {whole} whole on disk.");
        _faults.AddRange(faults);
    }
}
