namespace Dicom.Net.Interop.Tests.Support;

/// <summary>The tools of CTN, the Central Test Node of the Mallinckrodt Institute: the oldest stack there is.</summary>
internal static class Ctn
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>The process, for its output; the caller disposes of it.</returns>
    public static async Task<RunningProcess> RunAsync(int exitCode, string tool, params IEnumerable<string> arguments)
    {
        var process = RunningProcess.Start(Require.Tool("ctn", tool), arguments);
        await process.ExitAsync(exitCode);
        return process;
    }

    /// <summary>Starts simple_storage, which makes a folder for each modality in this one, and in it a file for each instance.</summary>
    public static Task<ForeignScp> StartStorageAsync(string folder, params string[] options) =>

        // -f: a process for each connection. Without, it ends at the first that is no association.
        ForeignScp.StartAsync(port => new(Require.Tool("ctn", "simple_storage"), ["-f", "-x", folder, .. options, port]));
}
