using System.Globalization;

namespace Dicom.Net.Soak.Servers;

/// <summary>What a process occupies, as the system sees it.</summary>
/// <param name="Handles">Open file descriptors, without those of assemblies, which are loaded when they are first needed.</param>
/// <param name="Threads">Threads, the runtime's own among them.</param>
/// <param name="Resident">Bytes in physical memory.</param>
internal sealed record ServerFigures(int Handles, int Threads, long Resident)
{
    private const double Mebibyte = 1024 * 1024;

    public static ServerFigures Of(ServerProcess server) => new(
        new DirectoryInfo($"/proc/{server.Id}/fd").EnumerateFileSystemInfos().Count(handle => !IsCode(handle)),
        Directory.GetDirectories($"/proc/{server.Id}/task").Length,
        ResidentOf(server.Id));

    /// <summary>
    /// What is more than it was before; within margins, arbitrary: a handle or two of the pool's and the log's; as many pool threads as stay
    /// alive; what the collector keeps of what it had to have.
    /// </summary>
    public IEnumerable<string> ExcessesOver(ServerFigures before)
    {
        if (Handles > before.Handles + 8)
        {
            yield return $"Handles: {before.Handles} before, {Handles} after";
        }

        if (Threads > before.Threads + 8)
        {
            yield return $"Threads: {before.Threads} before, {Threads} after";
        }

        if (Resident > (before.Resident * 3 / 2) + (64 << 20))
        {
            yield return $"Memory: {before} before, {this} after";
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Handles} handles, {Threads} threads, {Resident / Mebibyte:F0} MiB resident");

    private static bool IsCode(FileSystemInfo handle) => Path.GetExtension(handle.LinkTarget) is ".dll" or ".pdb";

    private static long ResidentOf(int id)
    {
        const string field = "VmRSS:";
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
