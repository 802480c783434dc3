using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>The section of a sweep: its table and its plot.</summary>
internal static class SweepReport
{
    public static void Write(Report report, Sweep sweep, Measurements<long, string> measurements)
    {
        var names = sweep.Contenders.Select(contender => contender.Name).ToArray();
        var table = new MarkdownTable([
            sweep.Quantity.Name,
            .. names.Select(name => $"{name}, {sweep.Yield.Unit}"),
            .. names.Skip(1).Select(name => $"{name}: ratio"),
        ]);
        foreach (var step in sweep.Steps)
        {
            table.Add([
                sweep.Quantity.Label(step),
                .. names.Select(name => Cells.Rate(measurements.MedianOf(step, name))),
                .. names.Skip(1).Select(name => Cells.Ratios(measurements.Ratios(step, name))),
            ]);
        }

        report.Add($"## {sweep.Title}{sweep.Placement.Mark()}").Add(table.ToString());
        if (Draw(sweep, measurements) is { } plot)
        {
            report.Add(plot, $"growth-{sweep.Key}");
        }

        if (sweep.Note is not "")
        {
            report.Add(sweep.Note);
        }
    }

    // Ours first, the reference last. Nothing is drawn of a sweep that failed altogether.
    private static Plot? Draw(Sweep sweep, Measurements<long, string> measurements)
    {
        PlotSeries[] series =
        [
            .. sweep.Contenders.Skip(1).Append(sweep.Contenders[0])
                .Select(contender => new PlotSeries(
                    contender.Name, [.. Points(sweep, measurements, contender.Name)], IsReference: contender == sweep.Contenders[0])),
        ];
        double[] heights = [.. series.SelectMany(line => line.Points).Select(point => point.High)];
        double[] steps = [.. sweep.Steps];
        string Label(double value) => sweep.Quantity.Label((long)value);

        var across = sweep.Quantity.IsLogarithmic
            ? PlotAxis.LogarithmicAt(sweep.Quantity.Name, steps, Label)
            : PlotAxis.Linear(sweep.Quantity.Name, steps, Label);
        return heights is []
            ? null
            : new(sweep.Title, across, PlotAxis.Linear(sweep.Yield.DrawnUnit, heights, value => Cells.Round(value)), series);
    }

    private static IEnumerable<PlotPoint> Points(Sweep sweep, Measurements<long, string> measurements, string name) =>
        from step in sweep.Steps
        let drawn = measurements.Figures(step, name).Select(sweep.Yield.Drawn).ToArray()
        where drawn is not []
        select new PlotPoint(step, Median.Of(drawn), drawn.Min(), drawn.Max());
}
