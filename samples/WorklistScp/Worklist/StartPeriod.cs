namespace Dicom.Net.Samples;

/// <summary>
/// Scheduled Procedure Step Start Date and Time, asked for by ranges: together they are one period, July 5, 10am, to July 7, 6pm, say, and
/// not the hours from 10am to 6pm of each of these days (PS3.4 Table K.6-1).
/// </summary>
internal sealed class StartPeriod
{
    private readonly MomentRange _range;

    private StartPeriod(MomentRange range) => _range = range;

    /// <summary>The period that the keys of an item ask for; null, unless both are ranges: then each is matched by itself.</summary>
    /// <exception cref="FormatException">A key is no range.</exception>
    public static StartPeriod? Of(DicomDataSet keys)
    {
        var dates = Identifier.TextOf(keys, DicomTag.ScheduledProcedureStepStartDate);
        var times = Identifier.TextOf(keys, DicomTag.ScheduledProcedureStepStartTime);
        return IsOneRange(dates) && IsOneRange(times)
            ? new(MomentRange.Combine(MomentRange.Parse(DicomVR.DA, dates), MomentRange.Parse(DicomVR.TM, times)))
            : null;
    }

    /// <summary>Whether an attribute is one of the two.</summary>
    public static bool Covers(DicomTag tag) =>
        tag == DicomTag.ScheduledProcedureStepStartDate || tag == DicomTag.ScheduledProcedureStepStartTime;

    /// <summary>Whether a procedure step begins within the period.</summary>
    public bool Contains(DicomDataSet step) => _range.Contains(
        Identifier.TextOf(step, DicomTag.ScheduledProcedureStepStartDate), Identifier.TextOf(step, DicomTag.ScheduledProcedureStepStartTime));

    // Lists of ranges are not the standard's: each key is matched by itself, then.
    private static bool IsOneRange(string key) => MomentRange.IsRange(key) && !key.Contains('\\', StringComparison.Ordinal);
}
