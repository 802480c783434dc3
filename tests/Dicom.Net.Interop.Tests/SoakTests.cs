using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The soak program for a short time: so that it stays able to run for a long one.</summary>
public sealed class SoakTests
{
    [Theory]
    [InlineData("StoreScp")]
    [InlineData("QueryRetrieveScp")]
    public async Task Scp_KilledInTheMidstOfStoring_HasWhatItAcknowledged(string server)
    {
        await using var soak = await Soak.RunAsync("kill", "--times", "5", "--server", server);

        Assert.Contains(soak.Lines, line => line.StartsWith($"{server} killed 5 times:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("StoreScp")]
    [InlineData("QueryRetrieveScp")]
    public async Task Scp_TerminatedInTheMidstOfStoring_HasWhatItAcknowledgedAndNoPartOfAnythingElse(string server)
    {
        await using var soak = await Soak.RunAsync("kill", "--times", "2", "--gently", "--server", server);

        Assert.Contains(soak.Lines, line => line.Contains(" 0 faults, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StoreScp_MalformedConnections_KeepsNothingOfThem()
    {
        // So few of them do not tell a leak of memory from a pool that fills.
        await using var soak = await Soak.RunAsync("leak", "--connections", "2000", "--max-growth", "100");

        Assert.Contains("Nothing was kept.", soak.Lines);
    }

    [Fact]
    public async Task StoreScp_ManyIdle_EndsNoneAndAnswers()
    {
        await using var soak = await Soak.RunAsync("idle", "--associations", "500", "--silent", "100", "--seconds", "3");

        Assert.Contains("0 of the idle associations were ended by the server.", soak.Lines);
    }
}
