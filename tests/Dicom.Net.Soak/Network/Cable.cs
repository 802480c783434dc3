using System.Diagnostics;
using System.Net;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Network;

/// <summary>
/// A cable from this network to another one, in a namespace of its own, where the server is. It can be pulled out, and delays what it carries
/// where the system has netem.
/// </summary>
internal sealed class Cable : IAsyncDisposable
{
    // Of those that documentation may use (RFC 5737).
    private const string NearAddress = "192.0.2.1/24", FarAddress = "192.0.2.2/24";
    private const string NearEnd = "soak-near", FarEnd = "soak-far";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // The other namespace is there as long as this process is.
    private readonly Process _holder = Process.Start("unshare", ["--net", "sleep", "infinity"]);

    private Cable()
    {
    }

    /// <summary>The server's address.</summary>
    public static IPAddress Far => IPAddress.Parse(FarAddress.Split('/')[0]);

    /// <summary>What to begin a command with that is to run at the far end.</summary>
    public string[] AtFarEnd => ["nsenter", $"--net=/proc/{_holder.Id}/ns/net"];

    /// <exception cref="SoakException">It cannot be laid; the message says why.</exception>
    public static async Task<Cable> LayAsync()
    {
        var cable = new Cable();
        try
        {
            await cable.AwaitFarEndAsync();
            Tool.Run("ip", "link", "add", NearEnd, "type", "veth", "peer", "name", FarEnd);
            Tool.Run("ip", "link", "set", FarEnd, "netns", $"{cable._holder.Id}");
            Tool.Run("ip", "address", "add", NearAddress, "dev", NearEnd);
            Tool.Run("ip", "link", "set", NearEnd, "up");
            Tool.Run([.. cable.AtFarEnd, "ip", "address", "add", FarAddress, "dev", FarEnd]);
            cable.PlugIn();
            return cable;
        }
        catch
        {
            await cable.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has everything take so long, more or less. False: there is no netem here.</summary>
    public static bool TryDelay(TimeSpan delay) => Tool.TryRun(
        out _, "tc", "qdisc", "add", "dev", NearEnd, "root", "netem", "delay", $"{delay.TotalMilliseconds}ms", $"{delay.TotalMilliseconds / 2}ms");

    public void PullOut() => Tool.Run([.. AtFarEnd, "ip", "link", "set", FarEnd, "down"]);

    public void PlugIn() => Tool.Run([.. AtFarEnd, "ip", "link", "set", FarEnd, "up"]);

    public async ValueTask DisposeAsync()
    {
        _holder.Kill();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }

    private async Task AwaitFarEndAsync()
    {
        var ours = new FileInfo("/proc/self/ns/net").LinkTarget;
        using var late = new CancellationTokenSource(Patience);
        while (new FileInfo($"/proc/{_holder.Id}/ns/net").LinkTarget == ours)
        {
            await Task.Delay(1, late.Token);
        }
    }
}
