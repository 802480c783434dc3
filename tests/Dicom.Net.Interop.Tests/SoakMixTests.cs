using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>A minute of good and bad peers, beside the other tests.</summary>
public sealed class SoakMixTests
{
    [Fact]
    public async Task StoreScp_GoodAndBadPeers_LosesNothingAndLeavesNothing()
    {
        // The ratio of latencies is for a machine that does nothing else.
        await using var soak = await Soak.RunAsync("mix", "--seconds", "60", "--max-ratio", "0");

        Assert.Contains("Nothing is wrong.", soak.Lines);
    }
}
