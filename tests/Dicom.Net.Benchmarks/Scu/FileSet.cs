namespace Dicom.Net.Benchmarks.Scu;

/// <summary>Files to be sent.</summary>
/// <param name="Key">Its name on the command line and in the table.</param>
/// <param name="Mkset">What mkset.py is told to make.</param>
/// <param name="Files">How many files that are.</param>
/// <param name="Sent">How many to send while the clock of dgen runs, and ours.</param>
/// <param name="WarmUp">How many to send before.</param>
internal sealed record FileSet(string Key, string Mkset, int Files, int Sent, int WarmUp)
{
    // Numbers are arbitrary: enough files that a program's start weighs little, few enough that they fit in memory twice. The warm-up
    // takes some seconds: on one core the runtime needs as long until all that is used much is compiled at its best, and small files
    // went 0.22 of dgen's rate after 20,000 of them, 0.34 after 100,000, and 0.38 with DOTNET_TieredCompilation=0.
    public static IReadOnlyList<FileSet> All { get; } =
    [
        new("2k", "ct 20000 2", 20_000, 40_000, 100_000),
        new("512k", "ct 2000 512", 2_000, 6_000, 10_000),
        new("1g", "scmf 2048", 1, 6, 1),
    ];

    /// <summary>Whether opening a file costs more than sending it: dgen does not open any, so that it is no measure there.</summary>
    public bool IsOfSmallFiles => Key == "2k";

    /// <exception cref="BenchmarkException">A key is unknown.</exception>
    public static IReadOnlyList<FileSet> Choose(string? keys) => keys is null
        ? All
        : [.. keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Named)];

    private static FileSet Named(string key) => All.FirstOrDefault(set => set.Key == key)
        ?? throw new BenchmarkException($"There are no files {key}. There are {string.Join(", ", All.Select(set => set.Key))}.");
}
