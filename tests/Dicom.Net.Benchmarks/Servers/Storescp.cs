using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>DCMTK's storescp, at its best: the longest PDUs that it takes, and no delay of small packets.</summary>
internal static class Storescp
{
    private static readonly string? Executable = ProgramPath.Find("storescp");

    public static ServerProgram? Discarding { get; } = Make("storescp", _ => ["--ignore"]);

    /// <summary>A process for each association: alone it serves one after the other.</summary>
    public static ServerProgram? DiscardingInParallel { get; } = Make("storescp, forking", _ => ["--ignore", "--fork"]);

    public static ServerProgram? Storing { get; } = Make("storescp, files", folder => ["--output-directory", folder]);

    /// <summary>Writes data sets as they come, without decoding them.</summary>
    public static ServerProgram? StoringBytes { get; } =
        Make("storescp, files, bit-preserving", folder => ["--bit-preserving", "--output-directory", folder]);

    private static ServerProgram? Make(string name, Func<string, string[]> way) => Executable is null
        ? null
        : new(name, (port, folder) => [Executable, "--max-pdu", "131072", .. way(folder), port])
        {
            KeepsToLoopback = false,
            Environment = [("TCP_NODELAY", "1")],
        };
}
