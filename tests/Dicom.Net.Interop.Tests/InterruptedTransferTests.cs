using System.Globalization;
using System.Net.Sockets;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>StoreScp when something goes wrong in the middle of a transfer from DCMTK's storescu.</summary>
public sealed class InterruptedTransferTests : IDisposable
{
    // Far more than the buffers of two TCP connections take, so that a transfer that is held cannot be complete.
    private const int LargePixels = 48 * 1024 * 1024;

    private const long Midway = 1024 * 1024;

    // For all of that to arrive and to be looked at, on a busy machine too. Arbitrary, and shorter than the drain time of the test.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoreScp_StorescuIsKilledMidway_ServesTheOthersAndLeavesNoPartialFile()
    {
        var (profile, large, small) = MakeFiles();
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"));
        await using var relay = new Relay(scp.EndPoint, holdAfter: Midway);
        await using var storescu = StartStorescu(relay, profile, large);
        await relay.Held.WithTimeout();
        await Timeouts.UntilAsync(() => PartialBytes() > 0, "part of the instance is on disk");

        await Dcmtk.StoreAsync(scp.Port, profile, [small]);
        storescu.Kill();
        await storescu.ExitAsync();
        relay.Release();

        await scp.Process.LineAsync(line => line.Contains("ended:", StringComparison.Ordinal));
        await Timeouts.UntilAsync(() => Kept().Length == 1, "the partial file is gone");
        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", "127.0.0.1", scp.Port);
        await scp.StopAsync();
        Part10.AssertSameDataSets([small], Kept());
    }

    [Fact]
    public async Task StoreScp_TerminatedMidway_FinishesTheTransferAndExitsWithZero()
    {
        var (profile, large, small) = MakeFiles();
        await using var scp = await Sample.StartScpOnItsOwnPortAsync("StoreScp", "--out", _folder.Sub("ours"), "--drain", "600");
        await using var relay = new Relay(scp.EndPoint, holdAfter: Midway);
        await using var storescu = StartStorescu(relay, profile, large, small);
        await relay.Held.WithTimeout();

        await scp.Process.TerminateAsync();
        await Timeouts.UntilAsync(() => !Listens(scp), "nobody listens any more");
        relay.Release();

        Assert.Equal(0, await storescu.ExitAsync(Patience));
        Assert.Equal(0, await scp.Process.ExitAsync(Patience));
        Assert.Contains("1 associations, 2 instances stored, 0 refused", scp.Process.Lines);
        Part10.AssertSameDataSets([large, small], Kept());
    }

    [Fact]
    public async Task StoreScp_TerminatedWithAPeerThatNeverEnds_AbortsItAfterTheDrainTime()
    {
        var (profile, large, _) = MakeFiles();
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"), "--drain", "0");
        await using var relay = new Relay(scp.EndPoint, holdAfter: Midway);
        await using var storescu = StartStorescu(relay, profile, large);
        await relay.Held.WithTimeout();

        await scp.StopAsync();

        // The library waits some seconds for who was aborted. On a busy machine that may not be enough: then it says so, and a part may be left.
        var leftBehind = scp.Process.Lines.Count(line => line.Contains(" not waited for any longer: 1", StringComparison.Ordinal));
        Assert.InRange(Kept().Length, 0, leftBehind);
    }

    [Fact]
    public async Task StoreScp_DiskIsFull_RefusesWithA700AndLeavesNothing()
    {
        Require.Unix();
        var (profile, large, small) = MakeFiles();
        var ours = _folder.Sub("ours");

        // No file may grow beyond 1024 blocks of 1 KiB; XFSZ ignored, writing more fails as on a full disk. W^X maps a huge file.
        var limited = "trap '' XFSZ; ulimit -f 1024; export DOTNET_EnableWriteXorExecute=0; exec dotnet \"$@\"";
        await using var scp = await Sample.ListeningAsync(RunningProcess.Start(
            "bash", "-c", limited, "bash", Sample.PathOf("StoreScp"), "--host", "127.0.0.1", "--ip", "4", "--port", "0", "--out", ours));

        await using var storescu = await Dcmtk.RunAsync(
            0, "storescu", "-v", "--no-halt", "-xf", profile, "Own", "127.0.0.1", scp.Port, large, small);

        Assert.Contains("Received Store Response (Refused: OutOfResources)", storescu.Output, StringComparison.Ordinal);
        await scp.StopAsync();
        Part10.AssertSameDataSets([small], Kept());
    }

    private (string Profile, string Large, string Small) MakeFiles()
    {
        var large = Part10.Make(_folder.PathOf("large.in.dcm"), "1.2.3.1", LargePixels);
        var small = Part10.Make(_folder.PathOf("small.in.dcm"), "1.2.3.2");
        return (Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), [small]), large, small);
    }

    private static RunningProcess StartStorescu(Relay relay, string profile, params string[] files) => RunningProcess.Start(
        Require.Dcmtk("storescu"),
        ["-v", "-xf", profile, "Own", "127.0.0.1", relay.Port.ToString(CultureInfo.InvariantCulture), .. files]);

    private string[] Kept() =>
        Directory.GetFiles(_folder.PathOf("ours"), "*", new EnumerationOptions { AttributesToSkip = 0 });

    private long PartialBytes() => Kept().Sum(file => new FileInfo(file).Length);

    private static bool Listens(SampleScp scp)
    {
        using var probe = new TcpClient();
        try
        {
            probe.Connect(scp.EndPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
