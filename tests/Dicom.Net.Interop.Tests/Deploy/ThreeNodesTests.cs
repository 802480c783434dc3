using System.Diagnostics;
using Dicom.Net.Interop.Tests.Support;
using Dicom.Net.Tests.Postgres;

namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>What the script does not begin, and what it does not wait for. That it works, <see cref="ClusterTests"/> tries.</summary>
public sealed class ThreeNodesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // HAProxy's configuration has three servers.
    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("9")]
    [InlineData("12")]
    [InlineData("two")]
    public async Task Script_AsManyNodesAsTheBalancerDoesNotHave_SaysHowManyAndMakesNothing(string nodes)
    {
        var command = new ProcessStartInfo(Require.Bash(), [DeployFolder.PathOf("three-nodes"), _folder.PathOf("cluster")])
        {
            Environment = { ["DICOMNET_NODES"] = nodes },
        };
        await using var script = RunningProcess.Start(command);

        await script.ExitAsync(2);

        Assert.Contains("DICOMNET_NODES is 1 to 3", script.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("cluster")));
    }

    [Fact]
    public async Task Script_ANodeThatEndsBeforeItListens_SaysWhereItsLogIsAndEnds()
    {
        Require.Tool("haproxy", "haproxy");
        Assert.SkipWhen(PostgresServer.Programs() is null, "postgresql is not installed");
        string[] arguments = [DeployFolder.PathOf("three-nodes"), _folder.Sub("cluster"), ForeignPort.FreeText(), "--no-such-option"];
        var command = new ProcessStartInfo(Require.Bash(), arguments)
        {
            Environment = { ["DICOMNET_NODES"] = "1", ["DICOMNET_CONFIGURATION"] = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name },
        };
        await using var script = RunningProcess.Start(command);

        Assert.Equal(1, await script.ExitAsync(Timeouts.OfASoak));

        var log = await File.ReadAllTextAsync(_folder.PathOf("cluster/node-1.log"), TestContext.Current.CancellationToken);
        Assert.Contains("Node 1 has ended", script.Output, StringComparison.Ordinal);
        Assert.Contains("--no-such-option", log, StringComparison.Ordinal);
    }
}
