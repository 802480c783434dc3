using System.Text.RegularExpressions;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Wireshark's eyes: what its dissectors make of a file.</summary>
internal static partial class Tshark
{
    /// <summary>What it says of each PDU, in order.</summary>
    public static Task<string[]> PdusAsync(string file, string port) =>
        RunAsync("-r", file, "-d", $"tcp.port=={port},dicom", "-Y", "dicom", "-T", "fields", "-e", "_ws.col.Info");

    /// <summary>A field of every frame that a display filter lets through.</summary>
    public static Task<string[]> FieldAsync(string file, string port, string filter, string field) =>
        RunAsync("-r", file, "-d", $"tcp.port=={port},dicom", "-Y", filter, "-T", "fields", "-e", field);

    /// <summary>What is wrong with the file: checksums, sequence numbers, PDUs that are none.</summary>
    public static Task<string[]> FaultsAsync(string file, string port) => RunAsync(
        "-r", file, "-d", $"tcp.port=={port},dicom", "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE",
        "-Y", "tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0 || _ws.malformed");

    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        await using var tshark = RunningProcess.Start(Require.Tool("tshark", "tshark"), arguments);
        await tshark.ExitAsync(0);
        return [.. tshark.Lines.Where(line => line.Length > 0 && !Warning().IsMatch(line))];
    }

    [GeneratedRegex("^Running as user \"root\"")]
    private static partial Regex Warning();
}
