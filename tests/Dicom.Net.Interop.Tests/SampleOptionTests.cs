using System.Text.RegularExpressions;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>
/// The command lines of the samples, put together of parts that do not know each other. Of two options with one name the parser silently
/// fills one, and a query without its keys lists everything.
/// </summary>
public sealed partial class SampleOptionTests
{
    [Theory]
    [InlineData("EchoScp")]
    [InlineData("EchoScu")]
    [InlineData("StoreScp")]
    [InlineData("StoreScu")]
    [InlineData("FindScu")]
    [InlineData("MoveScu")]
    [InlineData("GetScu")]
    [InlineData("QueryRetrieveScp")]
    [InlineData("WorklistScp")]
    public async Task Help_OfASample_HasEachNameOnce(string sample)
    {
        await using var program = Sample.Start(sample, "--help");
        await program.ExitAsync(0);

        var names = program.Lines
            .SelectMany(line => OptionNames().Match(line).Groups["name"].Captures)
            .Select(name => name.Value)
            .ToArray();

        Assert.Contains("--trace", names);
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [InlineData("FindScu")]
    [InlineData("MoveScu")]
    [InlineData("GetScu")]
    public async Task Scu_MatchThatIsNoKey_SaysSoBesideAPrivateKey(string sample)
    {
        await using var scu = Sample.Start(sample, "127.0.0.1", "1", "--tls", "--key", "client.key", "--match", "PatientsNickname=Joe");

        await scu.ExitAsync(1);

        Assert.Contains("--match PatientsNickname=Joe: PatientsNickname is neither a keyword", scu.Output, StringComparison.Ordinal);
    }

    // A line of the help: two spaces, and the names with commas between them.
    [GeneratedRegex(@"^  (?<name>--?[^\s,]+)(, (?<name>--?[^\s,]+))*(\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex OptionNames();
}
