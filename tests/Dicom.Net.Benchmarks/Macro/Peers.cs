using System.Diagnostics;
using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>Which servers of others are on this machine.</summary>
internal static class Peers
{
    public static string Describe() =>
        $"""
        Installed here: {Version("storescp")}; {Version("Orthanc")}. fo-dicom is a library, not a program: it is not measured.
        """;

    // Both name themselves on the first line of what they print, with a version.
    private static string Version(string program)
    {
        if (ProgramPath.Find(program) is not { } path)
        {
            return $"{program}: not installed";
        }

        using var process = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n')[0].Trim('$', ' ', '\r');
    }
}
