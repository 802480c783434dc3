using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The network and the disk let the server down, for some seconds.</summary>
public sealed class SoakFaultTests
{
    // Peers that were killed during a cut are missed after the library's minute, and a half more is what the program waits for that.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task StoreScp_CableIsPulledOutAndPeersAreKilled_EndsNoOtherAssociationAndLosesNothing()
    {
        await using var soak = await Soak.RunAsync(Patience, "network", "--seconds", "10");

        Assert.Contains(soak.Lines, line => line.EndsWith(" 0 faults.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("StoreScp")]
    [InlineData("QueryRetrieveScp")]
    public async Task Scp_DiskIsFullAgainAndAgain_RefusesAndGoesOn(string server)
    {
        await using var soak = await Soak.RunAsync("disk", "--seconds", "5", "--server", server);

        Assert.Contains(soak.Lines, line => line.EndsWith(" 0 faults.", StringComparison.Ordinal));
    }
}
