using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Scu;

/// <summary>What the programs made of one set of files at one placement, the first of them being what the others are held against.</summary>
internal sealed class ScuRow(IReadOnlyList<SendingProgram> programs, FileSet set, Placement placement, int rounds)
{
    /// <summary>The share of dgen's rate that is to be reached, for instances of 512 KiB and more.</summary>
    private const double Target = 0.85;

    private const string Absent = "–";

    private readonly Dictionary<SendingProgram, LoadResult?[]> _results =
        programs.ToDictionary(program => program, _ => new LoadResult?[rounds]);

    public LoadResult? this[SendingProgram program, int round]
    {
        set => _results[program][round] = value;
    }

    public static string[] Headings(IReadOnlyList<SendingProgram> programs) =>
    [
        "files", $"{programs[0].Heading}, op/s", .. programs.Skip(1).Select(program => program.Heading), "target", "reached",
        "faster than the other tools", .. WithRoundTrips(programs).Select(program => $"round trip, µs: {program.Heading}"),
    ];

    public IEnumerable<string> Cells()
    {
        var ours = Ratio(SendingProgram.Ours);
        var others = programs.Where(program => program.IsForeignTool).Select(Ratio).OfType<double>().ToArray();
        return
        [
            set.Key + placement.Mark(),
            Text(Middle(_results[programs[0]].Select(result => result?.Rate)), "N1"),
            .. programs.Skip(1).Select(RatioWithRange),
            set.IsOfSmallFiles ? Absent : $"≥ {Text(Target, "0.00")}",
            set.IsOfSmallFiles || ours is null ? Absent : ours >= Target ? "yes" : "no",
            others is [] ? Absent : Ratio(SendingProgram.OursAsTool) > others.Max() ? "yes" : "no",
            .. WithRoundTrips(programs).Select(program => Text(Middle(_results[program].Select(result => result?.MedianLatency)), "N0")),
        ];
    }

    private static IEnumerable<SendingProgram> WithRoundTrips(IReadOnlyList<SendingProgram> programs) =>
        [programs[0], SendingProgram.Ours, SendingProgram.OursInMemory];

    private static double? Middle(IEnumerable<double?> values) => values.OfType<double>().ToArray() is { Length: > 0 } some ? Median.Of(some) : null;

    private static string Text(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? Absent;

    // Of the same round: what slows the machine for a while slows both sides of it.
    private double?[] Ratios(SendingProgram program) =>
        [.. _results[program].Zip(_results[programs[0]], (result, reference) => result?.Rate / reference?.Rate)];

    private double? Ratio(SendingProgram program) => Middle(Ratios(program));

    private string RatioWithRange(SendingProgram program)
    {
        var ratios = Ratios(program);
        return Ratio(program) is { } middle
            ? $"{Text(middle, "0.00")} ({Text(ratios.Min(), "0.00")}–{Text(ratios.Max(), "0.00")})"
            : Absent;
    }
}
