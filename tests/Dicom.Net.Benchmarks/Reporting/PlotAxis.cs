namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>An axis of a plot: which values it shows, where, and how it names them.</summary>
internal sealed class PlotAxis
{
    // Arbitrary: as many lines as the eye counts without being asked to.
    private const int WantedTicks = 5;

    private readonly Func<double, double> _scale;
    private readonly double _low;
    private readonly double _high;

    private PlotAxis(string title, IReadOnlyList<double> ticks, Func<double, string> label, Func<double, double> scale)
    {
        Title = title;
        Ticks = ticks;
        Label = label;
        _scale = scale;
        _low = scale(ticks[0]);
        _high = scale(ticks[^1]);
    }

    public string Title { get; }

    /// <summary>The values that are marked; the first and the last are the ends of the axis.</summary>
    public IReadOnlyList<double> Ticks { get; }

    public Func<double, string> Label { get; }

    /// <summary>An axis that begins at zero and reaches the greatest of some values.</summary>
    public static PlotAxis Linear(string title, IEnumerable<double> values, Func<double, string> label)
    {
        var greatest = Math.Max(values.DefaultIfEmpty().Max(), 1e-9);
        var step = RoundStep(greatest / WantedTicks);
        var count = (int)Math.Ceiling(greatest / step);
        return new(title, [.. Enumerable.Range(0, count + 1).Select(i => i * step)], label, value => value);
    }

    /// <summary>A logarithmic axis with a mark at each of some values.</summary>
    public static PlotAxis LogarithmicAt(string title, IReadOnlyList<double> ticks, Func<double, string> label) =>
        new(title, ticks, label, Math.Log);

    /// <summary>A logarithmic axis over the powers of ten around some values.</summary>
    public static PlotAxis Logarithmic(string title, IReadOnlyCollection<double> values, Func<double, string> label)
    {
        var first = (int)Math.Floor(Math.Log10(values.Min()));
        var last = Math.Max((int)Math.Ceiling(Math.Log10(values.Max())), first + 1);
        return LogarithmicAt(title, [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(10, power))], label);
    }

    /// <summary>Where a value lies: 0 at the low end, 1 at the high one.</summary>
    public double PositionOf(double value) => (_scale(value) - _low) / (_high - _low);

    // 1, 2 or 5 times a power of ten.
    private static double RoundStep(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double[] steps = [1, 2, 5, 10];
        return steps.First(step => step * power >= atLeast * 0.999) * power;
    }
}
