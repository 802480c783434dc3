using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Serving;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>This library's servers: see <see cref="ServeCommand"/>.</summary>
internal static class OurServers
{
    public static ServerProgram Discarding { get; } = new(
        "Dicom.Net", (port, folder) => Serve(port, "--discard", "--spool", folder));

    public static ServerProgram Streaming { get; } = new(
        "Dicom.Net, bytes to a stream", (port, _) => Serve(port, "--stream"));

    public static ServerProgram Storing { get; } = new(
        "Dicom.Net, files", (port, folder) => Serve(port, "--out", folder, "--no-flush"));

    private static string[] Serve(string port, params string[] way) => Self.Command(["serve", "--loopback", "--port", port, .. way]);
}
