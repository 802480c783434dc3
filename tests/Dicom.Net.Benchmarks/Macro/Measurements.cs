using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>The rates of all rounds.</summary>
internal sealed class Measurements(Contender reference)
{
    private readonly Dictionary<(Row Row, Contender Contender, int Round), double> _rates = [];

    public void Add(Row row, Contender contender, int round, double rate) => _rates[(row, contender, round)] = rate;

    /// <summary>The reference's median rate in operations per second; null if it was never measured.</summary>
    public double? ReferenceRate(Row row)
    {
        double[] rates = [.. _rates.Where(rate => rate.Key.Row == row && rate.Key.Contender == reference).Select(rate => rate.Value)];
        return rates is [] ? null : Median.Of(rates);
    }

    /// <summary>
    /// The ratios to the reference, each to the rate of its own round: a machine that is slow for a while is slow for both.
    /// </summary>
    /// <returns>Empty if it was not measured, or failed every time.</returns>
    public IReadOnlyList<double> Ratios(Row row, Contender contender) =>
    [
        .. _rates
            .Where(rate => rate.Key.Row == row && rate.Key.Contender == contender)
            .Select(rate => _rates.TryGetValue((row, reference, rate.Key.Round), out var own) ? rate.Value / own : 0)
            .Where(ratio => ratio > 0),
    ];
}
