using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>The section of idle associations: a table, and plots of memory and latency.</summary>
internal static class IdleReport
{
    private const string Quantity = "idle associations";

    public static void Write(Report report, IReadOnlyList<IdleStep> steps)
    {
        report.Add($"## Idle associations{Placement.TwoCores.Mark()}").Add(Table(steps).ToString());
        report.Add(MemoryPlot(steps), $"growth-{IdleGrowth.Key}-memory").Add(LatencyPlot(steps), $"growth-{IdleGrowth.Key}-latency");
        report.Add(
            """
            Memory: by how much the server has grown, divided by the associations; of a few, less than what comes and goes by itself: there,
            the figures say nothing. Managed: live bytes after full collections. Latency: of C-ECHO on one more association meanwhile, a
            request at a time.
            """);
    }

    private static MarkdownTable Table(IReadOnlyList<IdleStep> steps)
    {
        var table = new MarkdownTable(
            Quantity, "managed, KiB each", "resident, KiB each", "dsink: resident, KiB each",
            "latency p50, µs", "p99", "dsink: latency p50, µs", "p99");
        foreach (var step in steps)
        {
            table.Add(
                Label(step.Count),
                Cells.Rate(step.Ours?.Cost.ManagedKibEach),
                Positive(step.Ours?.Cost.ResidentKibEach),
                Positive(step.Reference?.Cost.ResidentKibEach),
                Middle(step.Ours?.Median),
                Middle(step.Ours?.Tail),
                Middle(step.Reference?.Median),
                Middle(step.Reference?.Tail));
        }

        return table;
    }

    private static string Positive(double? figure) => Cells.Rate(figure > 0 ? figure : null);

    private static string Middle(IReadOnlyList<double>? latencies) => Cells.Rate(latencies is null ? null : Median.Of(latencies));

    private static Plot MemoryPlot(IReadOnlyList<IdleStep> steps) => Draw(
        "Memory of an idle association",
        "KiB each",
        PlotAxis.Logarithmic,
        steps,
        ("Dicom.Net, managed", step => [step.Ours?.Cost.ManagedKibEach ?? 0]),
        ("Dicom.Net, resident", step => [step.Ours?.Cost.ResidentKibEach ?? 0]),
        ("dsink, resident", step => [step.Reference?.Cost.ResidentKibEach ?? 0]));

    private static Plot LatencyPlot(IReadOnlyList<IdleStep> steps) => Draw(
        "C-ECHO beside idle associations: half are answered within",
        "microseconds",
        PlotAxis.Linear,
        steps,
        ("Dicom.Net", step => step.Ours?.Median ?? []),
        ("dsink", step => step.Reference?.Median ?? []));

    private static Plot Draw(
        string title,
        string unit,
        Func<string, IReadOnlyCollection<double>, Func<double, string>, PlotAxis> axis,
        IReadOnlyList<IdleStep> steps,
        params IEnumerable<(string Name, Func<IdleStep, IReadOnlyList<double>> Figures)> lines)
    {
        PlotSeries[] series =
        [
            .. lines.Select(line => new PlotSeries(
                line.Name, [.. Points(steps, line.Figures)], line.Name.StartsWith(Sweeps.Reference, StringComparison.Ordinal))),
        ];
        double[] heights = [.. series.SelectMany(line => line.Points).Select(point => point.High).DefaultIfEmpty(1)];
        var across = PlotAxis.LogarithmicAt(Quantity, [.. steps.Select(step => (double)step.Count)], Label);
        return new(title, across, axis(unit, heights, Cells.Round), series);
    }

    // What is not above zero is noise, and has no place on a logarithmic axis.
    private static IEnumerable<PlotPoint> Points(IReadOnlyList<IdleStep> steps, Func<IdleStep, IReadOnlyList<double>> figures) =>
        from step in steps
        let seen = figures(step)
        where seen.Count > 0 && seen.Min() > 0
        select new PlotPoint(step.Count, Median.Of(seen), seen.Min(), seen.Max());

    private static string Label(double count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
