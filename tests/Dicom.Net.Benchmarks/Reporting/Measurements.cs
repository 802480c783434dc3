namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>What was measured of every contender at every piece of work, round after round.</summary>
/// <param name="reference">The contender that the others are compared with.</param>
internal sealed class Measurements<TWork, TContender>(TContender reference)
    where TWork : notnull
    where TContender : notnull
{
    private readonly Dictionary<(TWork Work, TContender Contender, int Round), double> _figures = [];

    public void Add(TWork work, TContender contender, int round, double figure) => _figures[(work, contender, round)] = figure;

    /// <summary>The median over the rounds; null if it was never measured.</summary>
    public double? MedianOf(TWork work, TContender contender)
    {
        var figures = Figures(work, contender);
        return figures is [] ? null : Median.Of(figures);
    }

    /// <summary>The figures of all rounds.</summary>
    public IReadOnlyList<double> Figures(TWork work, TContender contender) =>
        [.. RoundsOf(work, contender).Select(round => _figures[(work, contender, round)])];

    /// <summary>
    /// The ratios to the reference, each to its figure in the same round: a machine that is slow for a while is slow for both.
    /// </summary>
    /// <returns>Empty if it was not measured, or failed every time.</returns>
    public IReadOnlyList<double> Ratios(TWork work, TContender contender) =>
    [
        .. RoundsOf(work, contender)
            .Where(round => _figures.ContainsKey((work, reference, round)))
            .Select(round => _figures[(work, contender, round)] / _figures[(work, reference, round)]),
    ];

    private IEnumerable<int> RoundsOf(TWork work, TContender contender) => _figures.Keys
        .Where(key => key.Work.Equals(work) && key.Contender.Equals(contender))
        .Select(key => key.Round);
}
