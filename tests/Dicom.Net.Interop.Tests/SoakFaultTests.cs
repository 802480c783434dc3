using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The network and the disk let the server down, for some seconds.</summary>
public sealed class SoakFaultTests
{
    [Fact]
    public async Task StoreScp_CableIsPulledOutAndPeersAreKilled_EndsNoOtherAssociationAndLosesNothing()
    {
        await using var soak = await Soak.RunAsync("network", "--seconds", "10");

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
