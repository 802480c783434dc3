using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Cluster;

/// <summary><c>deploy/three-nodes</c>, as a person would start it. It ends with this object, or this process.</summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    /// <summary>Where peers connect; the nodes have the same port.</summary>
    public const int Port = 11112;

    // Ends the script as soon as nobody holds the other end of its standard input: with this process, however it ends.
    private const string Guard = "bash \"$@\" & script=$!; read -r _; kill -TERM $script; wait $script";

    // A database and three nodes start, on a busy machine; or the nodes drain, as long as this run lets them. Arbitrary.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly Process _script;
    private readonly string _folder;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _lastComplaint = "";

    private ThreeNodes(Process script, string folder)
    {
        (_script, _folder) = (script, folder);
        script.OutputDataReceived += (_, line) => Read(line.Data);
        script.ErrorDataReceived += (_, line) => _lastComplaint = line.Data ?? _lastComplaint;
        script.Start();
        script.BeginOutputReadLine();
        script.BeginErrorReadLine();
    }

    /// <summary>HAProxy.</summary>
    public static IPEndPoint Balancer { get; } = new(IPAddress.Loopback, Port);

    /// <summary>The folder of the instances.</summary>
    public string Archive => Path.Combine(_folder, "archive");

    /// <summary>The id of the process whose descendants all the others are.</summary>
    public int Id => _script.Id;

    /// <summary>Starts it and waits until all nodes are well.</summary>
    /// <exception cref="SoakException">It does not start.</exception>
    public static async Task<ThreeNodes> StartAsync(int nodes, string folder, params string[] options)
    {
        var script = Path.Combine(Programs.Root, "deploy", "three-nodes");
        var command = new ProcessStartInfo(
            "bash", ["-c", Guard, "bash", script, folder, Port.ToString(CultureInfo.InvariantCulture), .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DICOMNET_NODES"] = nodes.ToString(CultureInfo.InvariantCulture),
                ["DICOMNET_CONFIGURATION"] = Programs.Configuration,

                // On a busy machine an association takes longer than usual; one that is aborted would be taken for one that was lost.
                ["DICOMNET_DRAIN"] = "240",
            },
        };
        var cluster = new ThreeNodes(new Process { StartInfo = command }, folder);
        try
        {
            await cluster._ready.Task.WaitAsync(Patience);
            return cluster;
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            await cluster.DisposeAsync();
            throw new SoakException($"The nodes do not start: {cluster._lastComplaint}");
        }
    }

    /// <summary>A node, past the balancer.</summary>
    public static IPEndPoint Node(int number) => new(IPAddress.Parse($"127.0.0.1{number}"), Port);

    /// <summary>What a node has written.</summary>
    public IEnumerable<string> Log(int node) => File.ReadLines(Path.Combine(_folder, $"node-{node}.log"));

    /// <summary>Sends a node a signal, and waits until it has ended, which may take as long as it drains.</summary>
    public async Task EndAsync(int node, string signal)
    {
        using var process = Process.GetProcessById(IdOf(node));
        Tool.Run("kill", $"-{signal}", $"{process.Id}");
        while (Directory.Exists($"/proc/{process.Id}"))
        {
            await Task.Delay(PollInterval);
        }
    }

    /// <summary>Waits until a node that has ended is well again.</summary>
    /// <exception cref="SoakException">It is not.</exception>
    public static async Task StartedAgainAsync(int node)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await IsWellAsync(node))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new SoakException($"Node {node} has not started again");
            }

            await Task.Delay(PollInterval);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_script.HasExited)
        {
            _script.StandardInput.Close();
            await _script.WaitForExitAsync().WaitAsync(Patience);
        }

        _script.Dispose();
    }

    private static async Task<bool> IsWellAsync(int node)
    {
        using var probe = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(Node(node).Address, Port + 1);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private int IdOf(int node) => int.Parse(File.ReadAllText(Path.Combine(_folder, $"node-{node}.pid")), CultureInfo.InvariantCulture);

    private void Read(string? line)
    {
        if (line is null)
        {
            _ready.TrySetException(new IOException("The script has ended."));
        }
        else if (line.Contains("nodes behind", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
