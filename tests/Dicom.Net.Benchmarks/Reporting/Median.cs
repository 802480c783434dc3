namespace Dicom.Net.Benchmarks.Reporting;

internal static class Median
{
    /// <summary>The value in the middle, or the mean of the two there.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
