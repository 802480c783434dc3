using System.Globalization;
using System.Text.Json;
using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>Orthanc without its web server; it always stores and indexes.</summary>
internal static class Orthanc
{
    private static readonly string? Executable = ProgramPath.Find("Orthanc");

    public static ServerProgram? Storing { get; } = Executable is null
        ? null
        : new("Orthanc", (port, folder) => [Executable, WriteConfiguration(port, folder)])
        {
            KeepsToLoopback = false,
            OutlivesItsFiles = false,
            Environment = [("TCP_NODELAY", "1")], // Read by DCMTK, which it is built on; 23 C-ECHOs a second without.
        };

    private static string WriteConfiguration(string port, string folder)
    {
        var configuration = new Dictionary<string, object>
        {
            ["DicomPort"] = int.Parse(port, CultureInfo.InvariantCulture),
            ["DicomCheckCalledAet"] = false,
            ["DicomAlwaysAllowEcho"] = true,
            ["DicomAlwaysAllowStore"] = true,
            ["MaximumPduLength"] = 131072,
            ["HttpServerEnabled"] = false,
            ["StorageDirectory"] = Path.Combine(folder, "storage"),
            ["IndexDirectory"] = Path.Combine(folder, "index"),
        };
        var path = Path.Combine(folder, "orthanc.json");
        File.WriteAllText(path, JsonSerializer.Serialize(configuration));
        return path;
    }
}
