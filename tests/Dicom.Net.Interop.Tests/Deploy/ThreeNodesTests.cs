using System.Diagnostics;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>What the script does not begin. That it works, <see cref="ClusterTests"/> tries.</summary>
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
}
