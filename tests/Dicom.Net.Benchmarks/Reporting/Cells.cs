using System.Globalization;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>How figures stand in tables.</summary>
internal static class Cells
{
    /// <summary>What stands where there is no figure.</summary>
    public const string Absent = "–";

    /// <summary>A rate: three digits at least.</summary>
    public static string Rate(double? rate) => rate switch
    {
        null => Absent,
        < 10 => rate.Value.ToString("0.00", CultureInfo.InvariantCulture),
        < 1000 => rate.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => rate.Value.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>As short as it is clear: at an axis.</summary>
    public static string Round(double value) => value.ToString(value < 100 ? "0.###" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Ratios of several rounds: the median and, in brackets, the least and the most.</summary>
    public static string Ratios(IReadOnlyList<double> ratios) => ratios.Count switch
    {
        0 => Absent,
        1 => Ratio(ratios[0]),
        _ => $"{Ratio(Median.Of(ratios))} ({Ratio(ratios.Min())}–{Ratio(ratios.Max())})",
    };

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A number of bytes in the largest binary unit that it fills.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB"];
        var size = (double)bytes;
        var unit = 0;
        for (; size >= 1023.5 && unit < units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }
}
