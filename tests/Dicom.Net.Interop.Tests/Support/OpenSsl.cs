namespace Dicom.Net.Interop.Tests.Support;

/// <summary>OpenSSL's own client and server, which know nothing of DICOM.</summary>
internal static class OpenSsl
{
    /// <summary>Connects to 127.0.0.1 and goes away after the handshake: it has nothing to say.</summary>
    /// <returns>The process, which has ended.</returns>
    public static async Task<RunningProcess> ConnectAsync(string port, params IEnumerable<string> options)
    {
        var process = Start(["s_client", "-connect", $"127.0.0.1:{port}", "-brief", .. options]);
        await process.ExitAsync();
        return process;
    }

    /// <summary>Starts a server on a port of its own, and awaits that it listens.</summary>
    public static async Task<(RunningProcess Process, string Port)> ServeAsync(params IEnumerable<string> options)
    {
        var port = ForeignPort.FreeText();
        var process = Start(["s_server", "-accept", port, "-rev", .. options]);
        await process.LineAsync(line => line.Contains("ACCEPT", StringComparison.Ordinal));
        return (process, port);
    }

    // Without a terminal: it would wait for somebody to type.
    private static RunningProcess Start(IEnumerable<string> arguments) =>
        RunningProcess.Start(Require.Bash(), ["-c", "exec \"$@\" </dev/null", "bash", Require.OpenSsl(), .. arguments]);
}
