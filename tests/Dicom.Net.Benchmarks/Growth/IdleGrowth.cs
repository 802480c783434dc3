using System.Globalization;
using Dicom.Net.Benchmarks.Footprint;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>What idle associations cost in memory, and what they cost a peer that works meanwhile.</summary>
internal sealed class IdleGrowth(LoadTools tools, ScratchFolder scratch, int rounds, double seconds)
{
    public const string Key = "idle";

    private const string Title = "Idle associations";
    private const string Quantity = "idle associations";

    private static readonly int[] Counts = [1, 10, 100, 1_000, 10_000];

    public async Task WriteAsync(Report report, CancellationToken cancelled)
    {
        var ours = new List<Step>();
        var reference = new List<Step>();
        foreach (var count in Counts)
        {
            await AddAsync(ours, OurServers.Discarding, count, cancelled);
            await AddAsync(reference, new Dsink(tools.Dsink).Discarding, count, cancelled);
        }

        report.Add($"## {Title}{Placement.TwoCores.Mark()}").Add(Table(ours, reference).ToString());
        report.Add(MemoryPlot(ours, reference), $"growth-{Key}-memory").Add(LatencyPlot(ours, reference), $"growth-{Key}-latency");
        report.Add(
            "Memory: by how much the server has grown, divided by the associations; of a few it is less than what comes and goes by itself. "
            + "Managed: live bytes after full collections. Latency: of C-ECHO on one more association meanwhile, a request at a time.");
    }

    // A server that fails, or a limit that cannot be raised, leaves a hole.
    private async Task AddAsync(List<Step> steps, ServerProgram program, int count, CancellationToken cancelled)
    {
        var echoes = new List<LoadResult>();
        try
        {
            var cost = await new IdleAssociations(tools, scratch)
                .MeasureAsync(program, count, async server => echoes.AddRange(await EchoAsync(server, cancelled)), cancelled);
            steps.Add(new(cost, Median.Of(echoes.Select(echo => echo.MedianLatency)), Median.Of(echoes.Select(echo => echo.TailLatency))));
            await Console.Error.WriteLineAsync($"{Key}  {count,8:N0}  {program.Name,-28}  {steps[^1]}");
        }
        catch (BenchmarkException failure)
        {
            await Console.Error.WriteLineAsync($"{Key}, {count}, {program.Name}: {failure.Message}");
        }
    }

    private async Task<IReadOnlyList<LoadResult>> EchoAsync(RunningServer server, CancellationToken cancelled)
    {
        var results = new List<LoadResult>();
        for (var round = 0; round < rounds; round++)
        {
            string[] load = ["echo", "--warm", "2000", "--secs", seconds.ToString(CultureInfo.InvariantCulture)];
            results.Add(await tools.LoadAsync(Placement.TwoCores, server.Port, load, cancelled));
        }

        return results;
    }

    private static MarkdownTable Table(List<Step> ours, List<Step> reference)
    {
        var table = new MarkdownTable(
            Quantity, "managed, KiB each", "resident, KiB each", "dsink: resident, KiB each",
            "latency p50, µs", "p99", "dsink: latency p50, µs", "p99");
        foreach (var count in Counts)
        {
            var (one, other) = (Find(ours, count), Find(reference, count));
            table.Add(
                Label(count),
                Cells.Rate(one?.Cost.ManagedKibEach), Cells.Rate(one?.Cost.ResidentKibEach), Cells.Rate(other?.Cost.ResidentKibEach),
                Cells.Rate(one?.Median), Cells.Rate(one?.Tail), Cells.Rate(other?.Median), Cells.Rate(other?.Tail));
        }

        return table;
    }

    private static Plot MemoryPlot(List<Step> ours, List<Step> reference) => Draw(
        "Memory of an idle association",
        "KiB each",
        PlotAxis.Logarithmic,
        Line("Dicom.Net, managed", ours, step => step.Cost.ManagedKibEach),
        Line("Dicom.Net, resident", ours, step => step.Cost.ResidentKibEach),
        Line("dsink, resident", reference, step => step.Cost.ResidentKibEach));

    private static Plot LatencyPlot(List<Step> ours, List<Step> reference) => Draw(
        "C-ECHO beside idle associations: half are answered within",
        "microseconds",
        PlotAxis.Linear,
        Line("Dicom.Net", ours, step => step.Median),
        Line("dsink", reference, step => step.Median));

    private static Plot Draw(
        string title, string unit, Func<string, IReadOnlyCollection<double>, Func<double, string>, PlotAxis> axis, params PlotSeries[] series)
    {
        double[] heights = [.. series.SelectMany(line => line.Points).Select(point => point.Y)];
        var across = PlotAxis.LogarithmicAt(Quantity, [.. Counts.Select(count => (double)count)], Label);
        return new(title, across, axis(unit, heights is [] ? [1] : heights, Cells.Round), series);
    }

    // What is not above zero is noise, and has no place on a logarithmic axis.
    private static PlotSeries Line(string name, List<Step> steps, Func<Step, double?> figure) =>
        new(name, [.. steps.Where(step => figure(step) > 0).Select(step => ((double)step.Cost.Count, figure(step)!.Value))]);

    private static Step? Find(List<Step> steps, int count) => steps.Find(step => step.Cost.Count == count);

    private static string Label(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What was seen at a number of associations: their cost, and the latencies of the echo in microseconds.</summary>
    private sealed record Step(IdleFootprint Cost, double Median, double Tail);
}
