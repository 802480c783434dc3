using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>The table of the macro run.</summary>
internal static class MacroReport
{
    public static void Write(
        Report report, IReadOnlyList<Row> rows, Measurements<Row, Contender> measurements, Contender reference, int rounds, double seconds)
    {
        var table = new MarkdownTable(
            ["work", "reference, op/s", .. Contender.Rivals.Select(contender => contender.Heading), "to reach", "reached"]);
        foreach (var row in rows)
        {
            table.Add([
                row.Work + row.Placement.Mark(),
                Cells.Rate(measurements.MedianOf(row, reference)),
                .. Contender.Rivals.Select(contender => Cells.Ratios(measurements.Ratios(row, contender))),
                $"≥ {Cells.Ratio(row.Target)}",
                Reached(row, measurements.Ratios(row, Contender.Ours)),
            ]);
        }

        report.Add(table.ToString()).Add(Notes(rounds, seconds)).Add(Peers.Describe());
    }

    private static string Reached(Row row, IReadOnlyList<double> ratios) =>
        ratios is [] ? Cells.Absent : Median.Of(ratios) >= row.Target ? "yes" : "no";

    private static string Notes(int rounds, double seconds) =>
        $"""
        Ratios to the reference `dsink`, higher is better: the median over the rounds, each to the reference's rate in its own round; in
        brackets the least and the most. *Reached* is said of the median of Dicom.Net. Interleaved rounds: {rounds}; a measurement:
        {seconds:0.#} s. {Cells.Absent}: not installed, not fit for the row, or failed (stderr says why).

        {Placement.SameCore.Mark()} client and server on core 0. {Placement.TwoCores.Mark()} client and server on cores 0 and 1.

        * Dicom.Net: events raised, data sets handed over in memory, all limits and timers at their defaults. The instance of 1 GiB is the
          exception: its bytes go to a stream of the application's that drops them, since otherwise it would be spooled to a file.
        * Dicom.Net, bytes to a stream: the same with every data set; what a relay or an archive of its own does.
        * Into files: on tmpfs, against `dsink --od`. Ours has a whole file under its name, or none: either size is in memory
          until it is saved, 2 KiB under no other name before, 512 KiB under a temporary one, and answered after that.
          Nobody calls fsync: dsink and storescp never do, ours has `flushToDisk: false` for this; the library's default is to flush.
        * storescp: `--ignore`, of 8 associations `--fork` too, PDU 128 KiB, TCP_NODELAY=1; into files as it is, and bit-preserving.
        * Orthanc stores and indexes on tmpfs in every row, without its web server: it cannot discard.
        """;
}
