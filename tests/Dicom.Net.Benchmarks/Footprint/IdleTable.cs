using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>What an idle association costs our server, against what is wanted.</summary>
internal sealed class IdleTable(LoadTools tools, ScratchFolder scratch)
{
    /// <summary>What is wanted: a few kilobytes and no buffer.</summary>
    private const int TargetKib = 6;

    public async Task<MarkdownTable> MeasureAsync(IEnumerable<int> counts, CancellationToken cancelled)
    {
        var table = new MarkdownTable(
            "idle associations", "managed, KiB each", "resident, KiB each", "resident in all, MiB", "to reach, managed", "reached");
        var associations = new IdleAssociations(tools, scratch);
        foreach (var count in counts)
        {
            var cost = await associations.MeasureAsync(OurServers.Discarding, count, _ => Task.CompletedTask, cancelled);
            table.Add(
                count.ToString("N0", CultureInfo.InvariantCulture),
                Cells.Rate(cost.ManagedKibEach),
                Cells.Rate(cost.ResidentKibEach),
                Cells.Rate(cost.ResidentMib),
                $"≤ {TargetKib} KiB",
                cost.ManagedKibEach <= TargetKib ? "yes" : "no");
        }

        return table;
    }
}
