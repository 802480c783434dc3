namespace Dicom.Net.Benchmarks.Processes;

/// <summary>Programs that may be installed on this machine.</summary>
internal static class ProgramPath
{
    /// <summary>Where a program is, or null if PATH has none of this name.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <exception cref="BenchmarkException">There is none.</exception>
    public static string Require(string name) =>
        Find(name) ?? throw new BenchmarkException($"{name} is needed for this and is not installed.");
}
