namespace Dicom.Net.Benchmarks.Processes;

/// <summary>Where client and server run.</summary>
internal enum Placement
{
    /// <summary>Both on core 0: 1/rate is the processor time of an operation, and noise is small.</summary>
    SameCore,

    /// <summary>On cores 0 and 1, as the system likes.</summary>
    TwoCores,
}

internal static class PlacementExtensions
{
    /// <summary>The command, run where the placement says. Affinity is set before the program starts: a runtime looks at it once.</summary>
    public static string[] Place(this Placement placement, params IEnumerable<string> command) =>
        ["taskset", "--cpu-list", placement == Placement.SameCore ? "0" : "0,1", .. command];

    /// <summary>The mark that tables put behind a row's name.</summary>
    public static string Mark(this Placement placement) => placement == Placement.SameCore ? "¹" : "²";
}
