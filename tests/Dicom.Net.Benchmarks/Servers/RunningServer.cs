using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>A server that we started, with a port and a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    // Arbitrary: the slowest one met takes two seconds.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder;

    private RunningServer(ChildProcess process, int port, ScratchFolder folder)
    {
        Process = process;
        Port = port;
        _folder = folder;
    }

    public ChildProcess Process { get; }

    public int Port { get; }

    /// <summary>Starts a server, and returns when it listens.</summary>
    /// <param name="program">Which.</param>
    /// <param name="placement">Where it runs.</param>
    /// <param name="scratch">Where its folder is made.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <param name="prefix">A command that starts it, such as one that raises a limit.</param>
    /// <exception cref="BenchmarkException">It ended, or does not listen.</exception>
    public static async Task<RunningServer> StartAsync(
        ServerProgram program, Placement placement, ScratchFolder scratch, CancellationToken cancelled, params IEnumerable<string> prefix)
    {
        var port = FreePort();
        var folder = ScratchFolder.In(scratch.Path);
        var command = placement.Place([.. prefix, .. program.CommandFor(port, folder.Path)]);
        var server = new RunningServer(ChildProcess.Start(command, program.Environment), port, folder);
        try
        {
            await server.ListensAsync(cancelled);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes the files that it has stored.</summary>
    public void RemoveFiles() => _folder.Clear();

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // The system is asked, not the server: a connection to try would be the first association that some servers take.
    private async Task ListensAsync(CancellationToken cancelled)
    {
        for (var waiting = Stopwatch.StartNew(); !Listens(); await Task.Delay(TimeSpan.FromMilliseconds(20), cancelled))
        {
            if (Process.HasEnded)
            {
                await Process.EndAsync(StartPatience, cancelled);
                throw new BenchmarkException("A server ended as soon as it was started.");
            }

            if (waiting.Elapsed > StartPatience)
            {
                throw new BenchmarkException($"A server does not listen on port {Port} after {StartPatience.TotalSeconds} s.");
            }
        }
    }

    private bool Listens() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == Port);
}
