using Dicom.Net.Tests.Architecture;
using PublicApiGenerator;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>The adapter's public API is one approved text, as the library's is.</summary>
public sealed class PublicApiTests
{
    private const string Approving = "DICOMNET_APPROVE_API";

    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "Dicom.Net.FoDicom.Tests", "PublicApi.approved.txt");

    [Fact]
    public void PublicApi_OfTheAdapter_IsTheApprovedOne()
    {
        var actual = typeof(FoDicomPduLayer).Assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] });
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(Approving) == "1")
        {
            File.WriteAllText(Approved, actual);
        }

        Assert.Equal(File.ReadAllText(Approved).ReplaceLineEndings("\n"), actual);
    }
}
