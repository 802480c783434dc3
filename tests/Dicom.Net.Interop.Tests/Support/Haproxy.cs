using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>HAProxy before listeners of ours, on a port of its own.</summary>
internal sealed class Haproxy : IAsyncDisposable
{
    private readonly TestFolder _folder;
    private readonly RunningProcess _process;

    private Haproxy(TestFolder folder, RunningProcess process, int port) => (_folder, _process, Port) = (folder, process, port);

    public int Port { get; }

    public RunningProcess Process => _process;

    /// <summary>Starts it, and awaits that it listens.</summary>
    /// <param name="bind">What stands behind its address: <c>ssl crt …</c>; may be empty.</param>
    /// <param name="host">Its address.</param>
    /// <param name="lines">The rest of its <c>listen</c> section.</param>
    public static async Task<Haproxy> StartAsync(string bind, IPAddress host, params string[] lines)
    {
        var haproxy = Require.Tool("haproxy", "haproxy");
        var folder = new TestFolder();
        var port = ForeignPort.Free();
        var configuration = folder.PathOf("haproxy.cfg");
        await File.WriteAllLinesAsync(configuration, [
            "global", "  log stdout format raw local0",
            "defaults", "  mode tcp", "  log global", "  timeout connect 10s", "  timeout client 60s", "  timeout server 60s",
            "listen dicom", $"  bind {host}:{port.ToString(CultureInfo.InvariantCulture)} {bind}", .. lines.Select(line => $"  {line}"),
        ]);
        var process = RunningProcess.Start(haproxy, "-db", "-f", configuration);
        await Timeouts.UntilAsync(() => process.HasExited || Listens(host, port), "HAProxy listens");
        Assert.False(process.HasExited, process.Output);
        return new(folder, process, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    // Without a connection, which HAProxy would pass on.
    private static bool Listens(IPAddress host, int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Contains(new(host, port));
}
