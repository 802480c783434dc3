using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Serving;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>This library's servers: see <see cref="ServeCommand"/>.</summary>
internal static class OurServers
{
    public static ServerProgram Discarding { get; } = Make("Dicom.Net", folder => ["--discard", "--spool", folder]);

    public static ServerProgram Handling { get; } = Make("Dicom.Net, handlers", _ => ["--handler"]);

    public static ServerProgram Streaming { get; } = Make("Dicom.Net, bytes to a stream", _ => ["--stream"]);

    public static ServerProgram Storing { get; } = Make("Dicom.Net, files", folder => ["--out", folder, "--no-flush"]);

    /// <summary>Has bytes written to a stream, and takes PDUs up to a length of one's own.</summary>
    public static ServerProgram StreamingPdusOf(int length) => Make(
        $"Dicom.Net, bytes to a stream, PDU {length}", _ => ["--stream", "--pdu", length.ToString(CultureInfo.InvariantCulture)]);

    private static ServerProgram Make(string name, Func<string, string[]> way) =>
        new(name, (port, folder) => Self.Command(["serve", "--loopback", "--port", port, .. way(folder)])) { IsManaged = true };
}
