using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>The most memory that our server occupies while it receives an instance of 1 GiB, against ones of 1 MiB.</summary>
internal sealed class PeakMemory(LoadTools tools, ScratchFolder scratch)
{
    private const int TargetMib = 32;

    private const double Mebibyte = 1024 * 1024;

    public async Task<MarkdownTable> MeasureAsync(CancellationToken cancelled)
    {
        var table = new MarkdownTable("peak resident, MiB", "64 × 1 MiB", "1 × 1 GiB", "difference", "to reach", "reached");
        (string Name, ServerProgram Program)[] servers =
        [
            ("handed over, by a file beyond the threshold", OurServers.Discarding),
            ("to a stream", OurServers.Streaming),
            ("into files", OurServers.Storing),
        ];
        foreach (var (name, program) in servers)
        {
            var small = await PeakAsync(program, "--size 1M -m 64", cancelled);
            var large = await PeakAsync(program, "--size 1G -m 1", cancelled);
            var more = large - small;
            table.Add(name, Number(small), Number(large), Number(more), $"≤ {TargetMib} more", more <= TargetMib ? "yes" : "no");
        }

        return table;
    }

    // A new server each time: a peak does not go down again.
    private async Task<double> PeakAsync(ServerProgram program, string size, CancellationToken cancelled)
    {
        await using var server = await RunningServer.StartAsync(program, Placement.TwoCores, scratch, cancelled);
        await tools.LoadAsync(Placement.TwoCores, server.Port, ["store", "--sop", "scmf", .. size.Split(' ')], cancelled);
        return server.PeakResident() / Mebibyte;
    }

    private static string Number(double mebibytes) => mebibytes.ToString("N1", CultureInfo.InvariantCulture);
}
