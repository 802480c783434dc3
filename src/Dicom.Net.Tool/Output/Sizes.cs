using System.Globalization;

namespace Dicom.Net.Tool.Output;

/// <summary>Bytes, times and rates as a person reads them.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static string Bytes(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++)
        {
            bytes /= 1024;
        }

        return bytes.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture) + $" {Units[unit]}";
    }

    /// <summary>A time in three figures or so, from microseconds to hours.</summary>
    public static string Time(TimeSpan time) => FormattableString.Invariant(time switch
    {
        { TotalMilliseconds: < 1 } => $"{time.TotalMicroseconds:F0} µs",
        { TotalMilliseconds: < 10 } => $"{time.TotalMilliseconds:F2} ms",
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:F0} ms",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds:F1} s",
        { TotalHours: < 1 } => $"{time:m\\:ss} min",
        _ => $"{Math.Floor(time.TotalHours):F0}{time:\\:mm\\:ss} h",
    });

    /// <summary>A number with its noun: 1 file, 2 files, 2 matches.</summary>
    public static string Count(long count, string noun) => FormattableString.Invariant($"{count} {(count == 1 ? noun : Plural(noun))}");

    private static string Plural(string noun) =>
        noun.EndsWith("ch", StringComparison.Ordinal) || noun.EndsWith("cho", StringComparison.Ordinal) ? $"{noun}es" : $"{noun}s";
}
