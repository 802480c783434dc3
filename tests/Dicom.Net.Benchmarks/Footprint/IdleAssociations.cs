using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>What an association costs on which nothing happens.</summary>
internal sealed class IdleAssociations(LoadTools tools, ScratchFolder scratch)
{
    /// <summary>What is wanted: a few kilobytes and no buffer.</summary>
    private const double TargetKib = 6;

    // Each end has a descriptor for each association; the rest is for what a runtime opens. Arbitrary.
    private const int SpareDescriptors = 1000;

    // More than enough for the figures to be taken; the client is ended then. Arbitrary.
    private const int HoldSeconds = 120;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<MarkdownTable> MeasureAsync(IEnumerable<int> counts, CancellationToken cancelled)
    {
        var table = new MarkdownTable(
            "idle associations", "managed, KiB each", "resident, KiB each", "resident in all, MiB", "target, managed", "reached");
        foreach (var count in counts)
        {
            table.Add(await RowAsync(count, cancelled));
        }

        return table;
    }

    private async Task<string[]> RowAsync(int count, CancellationToken cancelled)
    {
        string[] limit = ["prlimit", $"--nofile={count + SpareDescriptors}"];
        await using var server = await RunningServer.StartAsync(OurServers.Discarding, Placement.TwoCores, scratch, cancelled, limit);
        // What the code itself occupies once it has run is no cost of an association.
        await tools.LoadAsync(Placement.TwoCores, server.Port, ["assoc", "-n", "8", "-m", "200"], cancelled);
        await server.ManagedAsync(cancelled);
        var (managedBefore, residentBefore) = ((await server.ManagedAsync(cancelled)).Live, server.Resident());

        string[] idle = ["idle", "-n", Text(count), "--hold", Text(HoldSeconds), "--spread", "8"];
        await using var client = ChildProcess.Start([.. limit, .. Placement.TwoCores.Place(tools.DgenCommand(server.Port, idle))]);
        await client.ReadLineAsync(Patience, cancelled);
        var managed = (await server.ManagedAsync(cancelled)).Live - managedBefore;
        var resident = server.Resident();

        return
        [
            count.ToString("N0", CultureInfo.InvariantCulture),
            Kib(managed, count),
            Kib(resident - residentBefore, count),
            (resident / 1024.0 / 1024.0).ToString("N1", CultureInfo.InvariantCulture),
            $"≤ {Text((int)TargetKib)} KiB",
            managed / 1024.0 / count <= TargetKib ? "yes" : "no",
        ];
    }

    private static string Kib(long bytes, int count) => (bytes / 1024.0 / count).ToString("N2", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
