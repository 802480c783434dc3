namespace Dicom.Net.Samples;

/// <summary>
/// Range matching of dates and times (PS3.4 §C.2.2.2.5): <c>from-to</c>, <c>from-</c>, <c>-to</c>, both ends included; a single value is a
/// range, too. A time may leave out its last parts (PS3.5 §6.2): <c>10</c> is the whole hour, from 10:00:00 to 10:59:59.999999.
/// </summary>
internal readonly record struct MomentRange
{
    // The digits of YYYYMMDD, and of HHMMSS.FFFFFF.
    private const int DateDigits = 8;
    private const int TimeDigits = 12;

    private readonly string _from;
    private readonly string _to;
    private readonly int _digits;

    private MomentRange(string from, string to, int digits) => (_from, _to, _digits) = (from, to, digits);

    /// <summary>Reads a key of VR DA or TM.</summary>
    /// <exception cref="FormatException">It is neither a value nor a range.</exception>
    public static MomentRange Parse(DicomVR vr, string key)
    {
        var digits = vr == DicomVR.DA ? DateDigits : TimeDigits;
        var ends = key.Split('-');
        if (ends.Length > 2 || !ends.Any(end => end.Any(char.IsAsciiDigit)))
        {
            throw new FormatException($"'{key}' is no {(vr == DicomVR.DA ? "date" : "time")}, and no range of them.");
        }

        return new(Earliest(ends[0], digits), Latest(ends[^1], digits), digits);
    }

    /// <summary>Whether a key is a range, and not a single value.</summary>
    public static bool IsRange(string key) => key.Contains('-', StringComparison.Ordinal);

    /// <summary>
    /// Dates and times as one range: from the first date's first time to the last date's last time. An end without a date is open, whatever
    /// its time; one without a time has the whole day.
    /// </summary>
    public static MomentRange Combine(MomentRange dates, MomentRange times) =>
        new(dates._from + times._from, dates._to + times._to, dates._digits + times._digits);

    /// <summary>Whether a date and a time lie within a range of both; if one of them is empty, there is no such moment.</summary>
    public bool Contains(string date, string time) =>
        time.Any(char.IsAsciiDigit) && date.Any(char.IsAsciiDigit) && Contains(Earliest(date, DateDigits) + Earliest(time, TimeDigits));

    /// <summary>Whether the moment that a value begins at lies within the range; a value that is empty has none.</summary>
    public bool Contains(string value)
    {
        var moment = Earliest(value, _digits);
        return value.Any(char.IsAsciiDigit)
            && string.CompareOrdinal(_from, moment) <= 0
            && string.CompareOrdinal(moment, _to) <= 0;
    }

    private static string Earliest(string text, int digits) => Digits(text, digits).PadRight(digits, '0');

    // More than 59 minutes is later than all that there is: it does no harm in a comparison.
    private static string Latest(string text, int digits) => Digits(text, digits).PadRight(digits, '9');

    // The forms of ACR-NEMA, 1997.04.24 and 10:30:00, are still to be accepted (PS3.5 §6.2).
    private static string Digits(string text, int most) => new([.. text.Where(char.IsAsciiDigit).Take(most)]);
}
