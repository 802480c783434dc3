using System.Globalization;

namespace Dicom.Net.Soak.Mixture;

/// <summary>How long good peers waited, by what they did.</summary>
internal sealed class Latencies
{
    private readonly Dictionary<string, List<double>> _milliseconds = [];
    private readonly Lock _gate = new();

    public void Add(string kind, TimeSpan time)
    {
        lock (_gate)
        {
            if (!_milliseconds.TryGetValue(kind, out var list))
            {
                _milliseconds[kind] = list = [];
            }

            list.Add(time.TotalMilliseconds);
        }
    }

    public int CountOf(string kind) => Of(kind).Length;

    /// <summary>The time that so many of a hundred did not exceed; 0 if there were none.</summary>
    public double Percentile(string kind, double percent)
    {
        var sorted = Of(kind);
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    public string Describe(string kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{CountOf(kind)} times, p50 {Percentile(kind, 50):F2} ms, p99 {Percentile(kind, 99):F2} ms, most {Percentile(kind, 100):F1} ms");

    private double[] Of(string kind)
    {
        lock (_gate)
        {
            return _milliseconds.TryGetValue(kind, out var list) ? [.. list.Order()] : [];
        }
    }
}
