using System.Globalization;

namespace Dicom.Net.Soak.Servers;

/// <summary>What a process occupies, as the system sees it.</summary>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads, the runtime's own among them.</param>
/// <param name="Resident">Bytes in physical memory.</param>
internal sealed record ServerFigures(int Handles, int Threads, long Resident)
{
    private const double Mebibyte = 1024 * 1024;

    public static ServerFigures Of(ServerProcess server) => new(
        Directory.GetFileSystemEntries($"/proc/{server.Id}/fd").Length,
        Directory.GetDirectories($"/proc/{server.Id}/task").Length,
        ResidentOf(server.Id));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Handles} handles, {Threads} threads, {Resident / Mebibyte:F0} MiB resident");

    private static long ResidentOf(int id)
    {
        const string field = "VmRSS:";
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
