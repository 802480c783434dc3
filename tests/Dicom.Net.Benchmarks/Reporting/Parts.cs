using System.CommandLine;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>The parts that a report may have, and the option that chooses among them.</summary>
internal sealed class Parts(IReadOnlyList<string> all)
{
    public Option<string?> Option { get; } = new("--parts") { Description = $"Some only, with commas between: {string.Join(",", all)}." };

    /// <exception cref="BenchmarkException">One is unknown.</exception>
    public IReadOnlyList<string> Chosen(ParseResult parsed)
    {
        var named = parsed.GetValue(Option)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return named?.Except(all).FirstOrDefault() is { } unknown
            ? throw new BenchmarkException($"There is no part {unknown}. There are {string.Join(", ", all)}.")
            : named ?? all;
    }
}
