using System.Reflection;
using PublicApiGenerator;

namespace Dicom.Net.Tests.Architecture;

/// <summary>The public API of an assembly is one approved text: a change of it is seen in review.</summary>
internal static class ApprovedApi
{
    private const string Approving = "DICOMNET_APPROVE_API";

    /// <summary>Fails where the API is another one, and says in what; or approves it, where that is asked for.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="tests">The project whose test this is: a folder of <c>tests</c>.</param>
    /// <param name="approvedFile">The approved text, below that.</param>
    public static void AssertIsApproved(Assembly assembly, string tests, string approvedFile)
    {
        var file = Path.Combine(Repository.Root, "tests", tests, approvedFile);
        var actual = Normalise(assembly.GeneratePublicApi(new()
        {
            IncludeAssemblyAttributes = false,
            DenyNamespacePrefixes = [],
        }));
        if (Environment.GetEnvironmentVariable(Approving) == "1")
        {
            File.WriteAllText(file, actual);
        }

        var approved = File.Exists(file) ? Normalise(File.ReadAllText(file)) : "";

        Assert.True(actual == approved, $"""
            The public API has changed:
            {string.Join(Environment.NewLine, Differences(approved, actual))}
            Is that meant? Then approve it: {Approving}=1 dotnet test tests/{tests} --filter PublicApiTests
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
