using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>The table of the macro run.</summary>
internal static class MacroReport
{
    private const string Absent = "–";

    public static void Write(Report report, IReadOnlyList<Row> rows, Measurements measurements, int rounds, double seconds)
    {
        var table = new MarkdownTable(
            ["work", "reference, op/s", .. Contender.Rivals.Select(contender => contender.Heading), "target", "reached"]);
        foreach (var row in rows)
        {
            table.Add([
                row.Work + row.Placement.Mark(),
                measurements.ReferenceRate(row) is { } rate ? rate.ToString("N1", CultureInfo.InvariantCulture) : Absent,
                .. Contender.Rivals.Select(contender => Cell(measurements.Ratios(row, contender))),
                $"≥ {Number(row.Target)}",
                Reached(row, measurements.Ratios(row, Contender.Ours)),
            ]);
        }

        report.Add(table.ToString()).Add(Notes(rounds, seconds));
    }

    private static string Cell(IReadOnlyList<double> ratios) => ratios.Count switch
    {
        0 => Absent,
        1 => Number(ratios[0]),
        _ => $"{Number(Median.Of(ratios))} ({Number(ratios.Min())}–{Number(ratios.Max())})",
    };

    private static string Reached(Row row, IReadOnlyList<double> ratios) =>
        ratios is [] ? Absent : Median.Of(ratios) >= row.Target ? "yes" : "no";

    private static string Number(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Notes(int rounds, double seconds) =>
        $"""
        Ratios to the reference `dsink`, higher is better: the median over the rounds, each to the reference's rate in its own round; in
        brackets the least and the most. Interleaved rounds: {rounds}; a measurement: {seconds:0.#} s. {Absent}: not installed, not fit for
        the row, or failed (stderr says why).

        {Placement.SameCore.Mark()} client and server on core 0. {Placement.TwoCores.Mark()} client and server on cores 0 and 1.

        * Dicom.Net: events raised, data sets handed over in memory, all limits and timers at their defaults. The instance of 1 GiB is the
          exception: its bytes go to a stream of the application's that drops them, since otherwise it would be spooled to a file.
        * Dicom.Net, bytes to a stream: the same with every data set; what a relay or an archive of its own does.
        * Into files: on tmpfs, against `dsink --od`. Ours has a whole file under its name, or none: 2 KiB are in memory
          until they are saved, 512 KiB are spooled to a file from their first byte, which is renamed before it is answered.
          Nobody calls fsync: dsink and storescp never do, ours has `flushToDisk: false` for this; the library's default is to flush.
        * storescp: `--ignore`, of 8 associations `--fork` too, PDU 128 KiB, TCP_NODELAY=1; into files as it is, and bit-preserving.
        * Orthanc stores and indexes on tmpfs in every row: it cannot discard.
        """;
}
