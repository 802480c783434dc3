using System.Diagnostics;
using Dicom.Net.Soak.Faults;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Disk;

/// <summary>One run of <c>disk</c>.</summary>
internal sealed class DiskRun(string name, TimeSpan time)
{
    private const int Storers = 4; // of either kind, raw and the library's; arbitrary

    // Full within seconds, and again within a second or two. Arbitrary.
    private const int DiskMebibytes = 8, MoreMebibytes = 4;

    // For so long it stays full: that many instances are refused. Arbitrary.
    private static readonly TimeSpan Want = TimeSpan.FromMilliseconds(500);

    private readonly Ledger _ledger = new();
    private SteadyStorer[] _storers = [];

    /// <summary>Runs it and tells what it has found.</summary>
    /// <returns>The exit code: 0 if nothing was wrong.</returns>
    public async Task<int> RunAsync()
    {
        using var scratch = new ScratchFolder();
        var disk = scratch.Sub("disk");
        Tool.Run("mount", "-t", "tmpfs", "-o", $"size={DiskMebibytes}m", "tmpfs", disk);
        try
        {
            return await RunAsync(disk);
        }
        finally
        {
            Tool.Run("umount", disk);
        }
    }

    private async Task<int> RunAsync(string disk)
    {
        var faults = new List<string>();
        int fills;
        await using (var server = await ServerProcess.StartAsync(name, name == KillRun.StoreScp ? "--out" : "--archive", disk))
        {
            _storers = [.. Enumerable.Range(0, Storers).Select(i => new SteadyStorer(server.EndPoint, isRaw: i % 2 == 0, _ledger))];
            fills = await WorkAsync(disk, faults);
            if (await server.TerminateAsync() is not 0 and var code)
            {
                faults.Add($"The server ended with {code}");
            }
        }

        var (whole, wrong) = KeptInstances.Check(disk, _ledger.Acknowledged, mayBePartial: false);
        faults.AddRange(wrong);
        if (fills == 0)
        {
            faults.Add("The disk was never full: nothing was tried.");
        }

        // Who refuses keeps nothing; and nobody has left before the answer.
        if (whole != _ledger.Count)
        {
            faults.Add($"{whole} instances are on disk, and {_ledger.Count} were acknowledged");
        }

        faults.ForEach(fault => Console.WriteLine($"FAULT: {fault}"));
        Console.WriteLine(
            $"{name}, its disk full {fills} times: {_ledger.Count} instances acknowledged, {Refused()} refused, {faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    private int Refused() => _storers.Sum(storer => storer.Refused);

    /// <returns>How often the disk was full.</returns>
    private async Task<int> WorkAsync(string disk, List<string> faults)
    {
        using var end = new CancellationTokenSource();
        var work = _storers.Select(storer => Task.Run(() => storer.WorkAsync(end.Token), CancellationToken.None)).ToArray();
        var start = Stopwatch.GetTimestamp();
        var fills = 0;
        while (Stopwatch.GetElapsedTime(start) < time && !work.Any(each => each.IsCompleted))
        {
            var refused = Refused();
            if (!await ComesTrueAsync(() => Refused() > refused))
            {
                break;
            }

            await Task.Delay(Want, CancellationToken.None);
            var kept = _ledger.Count;
            Tool.Run("mount", "-o", $"remount,size={DiskMebibytes + (++fills * MoreMebibytes)}m", disk);
            faults.AddRange(await ComesTrueAsync(() => _ledger.Count > kept) ? [] : ["There is room again, and nothing is stored"]);
        }

        await end.CancelAsync();
        faults.AddRange((await Task.WhenAll(work.Select(FaultOfAsync))).OfType<string>());
        return fills;
    }

    private static async Task<string?> FaultOfAsync(Task work)
    {
        try
        {
            await work;
            return null;
        }
        catch (SoakException fault)
        {
            return fault.Message;
        }
    }

    private static async Task<bool> ComesTrueAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition() && !late.IsCancellationRequested)
        {
            await Pauses.WaitAsync(TimeSpan.FromMilliseconds(5), late.Token);
        }

        return condition();
    }
}
