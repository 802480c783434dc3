using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>A row of the table: some work, where it is done, and how fast we want to be.</summary>
/// <param name="Key">Its name on the command line.</param>
/// <param name="Work">Its name in the table.</param>
/// <param name="Placement">Where client and server run.</param>
/// <param name="Handling">What the servers do with data sets.</param>
/// <param name="Target">The ratio to the reference that is to be reached.</param>
/// <param name="Dgen">What dgen is told to do.</param>
/// <param name="WarmUp">Operations on each association before the clock starts.</param>
internal sealed record Row(
    string Key, string Work, Placement Placement, Handling Handling, double Target, string Dgen, int WarmUp)
{
    /// <summary>The rows, in the order of the table.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new("echo1", "C-ECHO, one association", Placement.SameCore, Handling.None, 0.70, "echo", 1000),
        new("echo8", "C-ECHO, 8 associations", Placement.TwoCores, Handling.None, 0.50, "echo -n 8", 200),
        new("assoc1", "connect, associate, release", Placement.SameCore, Handling.None, 0.80, "assoc", 200),
        new("assoc8", "the same, 8 at a time", Placement.TwoCores, Handling.None, 0.85, "assoc -n 8", 25),
        new("2k", "C-STORE 2 KiB", Placement.SameCore, Handling.Discard, 0.75, "store --size 2K", 1000),
        new("512k", "C-STORE 512 KiB, PDU 128 KiB", Placement.SameCore, Handling.Discard, 0.90, "store --size 512K", 100),
        new("512k.p16", "C-STORE 512 KiB, PDU 16 KiB", Placement.TwoCores, Handling.Discard, 0.80, "store --size 512K --pdu 16K", 100),
        new("1g", "C-STORE 1 GiB, one instance", Placement.TwoCores, Handling.Stream, 0.80, "store --sop scmf --size 1G", 1),
        new("512k.files", "C-STORE 512 KiB into files", Placement.SameCore, Handling.Store, 0.95, "store --size 512K", 100),
        new("2k.files", "C-STORE 2 KiB into files", Placement.SameCore, Handling.Store, 0.85, "store --size 2K", 1000),
    ];

    /// <summary>Whether the servers have several associations at a time.</summary>
    public bool IsParallel => Dgen.Contains("-n ", StringComparison.Ordinal);

    /// <exception cref="BenchmarkException">A key is unknown.</exception>
    public static IReadOnlyList<Row> Choose(string? keys) => keys is null
        ? All
        : [.. keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Named)];

    private static Row Named(string key) => All.FirstOrDefault(row => row.Key == key)
        ?? throw new BenchmarkException($"There is no row {key}. There are {string.Join(", ", All.Select(row => row.Key))}.");
}

/// <summary>What a row's servers do with data sets.</summary>
internal enum Handling
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Forget them; ours hands them over in memory first.</summary>
    Discard,

    /// <summary>Drop their bytes as they come: no server would keep so much in memory.</summary>
    Stream,

    /// <summary>Make files of them.</summary>
    Store,
}
