using System.Diagnostics;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A foreign peer, listening.</summary>
internal sealed class ForeignScp : IAsyncDisposable
{
    private ForeignScp(RunningProcess process, string port)
    {
        Process = process;
        Port = port;
    }

    public RunningProcess Process { get; }

    public string Port { get; }

    /// <summary>Starts one on a free port, and awaits that it listens.</summary>
    /// <param name="command">How it is started on a port.</param>
    public static async Task<ForeignScp> StartAsync(Func<string, ProcessStartInfo> command)
    {
        var port = ForeignPort.FreeText();
        var process = RunningProcess.Start(command(port));
        await Timeouts.UntilAsync(
            () => process.HasExited || ForeignPort.IsListening(port), $"something listens on port {port}. {process.Output}");
        Assert.False(process.HasExited, $"It does not listen on port {port}:\n{process.Output}");
        return new(process, port);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
