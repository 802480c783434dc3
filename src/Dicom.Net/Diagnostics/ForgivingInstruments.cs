using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dicom.Net.Diagnostics;

/// <summary>
/// Measurements whose listeners' failures are their own affair, as a log's are (<see cref="ForgivingLog"/>): they are called on the thread that
/// measures, in the midst of an association's work.
/// </summary>
internal static class ForgivingInstruments
{
    public static void TryAdd(this Counter<long> counter, long delta, in TagList tags)
    {
        try
        {
            counter.Add(delta, tags);
        }
        catch (Exception)
        {
            // As for a log.
        }
    }

    public static void TryRecord(this Histogram<double> histogram, double value, in TagList tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // As for a log.
        }
    }
}
