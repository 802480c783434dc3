using System.Text.RegularExpressions;

namespace Dicom.Net.Tests.Architecture;

/// <summary>What docs/security.md says is tested, is: each class of tests that it names exists, and each class of attack has one.</summary>
public sealed partial class SecurityPageTests
{
    /// <summary>Of these there is nothing to test: the library does not do what they are about.</summary>
    private static readonly string[] NotDone = ["commands made of received values", "image decoders"];

    private static readonly string[] Rows = [.. File
        .ReadLines(Path.Combine(Repository.Root, "docs", "security.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)];

    [Fact]
    public void Rows_EachButThoseOfWhatIsNotDone_NameTheirTests() => Assert.Equal(
        NotDone, Rows.Where(row => !TestClass().IsMatch(row)).Select(row => row.Split('|')[1].Trim()));

    [Fact]
    public void Names_OfClassesOfTests_AreThoseOfFiles()
    {
        var files = Repository.SourcesBelow(Path.Combine(Repository.Root, "tests")).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.All(Rows.SelectMany(row => TestClass().Matches(row)), name => Assert.Contains(name.Groups[1].Value, files));
    }

    [Fact]
    public void Attacks_EachClassOfTests_IsNamed()
    {
        var tests = Repository.SourcesBelow(Path.Combine(Repository.Tests, "Attacks"))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name.EndsWith("Tests", StringComparison.Ordinal));

        Assert.All(tests, name => Assert.Contains(Rows, row => row.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [GeneratedRegex("`([A-Za-z0-9]+Tests)`")]
    private static partial Regex TestClass();
}
