using PublicApiGenerator;

namespace Dicom.Net.Tests.Architecture;

/// <summary>The public API is one approved text: a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    private const string Approving = "DICOMNET_APPROVE_API";

    private static readonly string Approved = Path.Combine(Repository.Tests, "Architecture", "PublicApi.approved.txt");

    [Fact]
    public void PublicApi_OfTheLibrary_IsTheApprovedOne()
    {
        var actual = Normalise(typeof(DicomNet).Assembly.GeneratePublicApi(new()
        {
            IncludeAssemblyAttributes = false,
            DenyNamespacePrefixes = [],
        }));
        if (Environment.GetEnvironmentVariable(Approving) == "1")
        {
            File.WriteAllText(Approved, actual);
        }

        var approved = File.Exists(Approved) ? Normalise(File.ReadAllText(Approved)) : "";

        Assert.True(actual == approved, $"""
            The public API has changed:
            {string.Join(Environment.NewLine, Differences(approved, actual))}
            Is that meant? Then approve it: {Approving}=1 dotnet test tests/Dicom.Net.Tests --filter {nameof(PublicApiTests)}
            """);
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd() + "\n";

    private static IEnumerable<string> Differences(string approved, string actual)
    {
        var before = approved.Split('\n');
        var after = actual.Split('\n');
        return before.Except(after).Select(line => $"- {line.Trim()}").Concat(after.Except(before).Select(line => $"+ {line.Trim()}"));
    }
}
