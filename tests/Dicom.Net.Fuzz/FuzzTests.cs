using Dicom.Net.Fuzz.Running;
using Dicom.Net.Fuzz.Targets;
using Xunit;

namespace Dicom.Net.Fuzz;

/// <summary>A short run of each target, the same each time.</summary>
public sealed class FuzzTests
{
    private const ulong Seed = 20261123;

    [Theory]
    [InlineData("pdu", 60_000)]
    [InlineData("command", 30_000)]
    [InlineData("dataset", 2_000)]
    [InlineData("file", 2_000)]
    [InlineData("text", 20_000)]
    [InlineData("conversation", 4_000)]
    [InlineData("facade", 1_000)]
    [InlineData("proxy", 60_000)]
    [InlineData("handlers", 1_000)]
    public void Target_FixedSeed_HasNoFindings(string target, int inputs)
    {
        var result = new FuzzRun(Assert.Single(FuzzTargets.Of(target)), new(Seed, Inputs: inputs)).Run();

        Assert.True(result.Findings.Count == 0, string.Join('\n', result.Findings));
        Assert.Equal(inputs, result.Tried);

        // The run is worth something only if it reaches both outcomes.
        Assert.InRange(100 * result.Taken / result.Tried, 5, 95);
    }
}
