using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dicom.Net.Packages.Tests.Support;

namespace Dicom.Net.Packages.Tests;

/// <summary>What a package says of itself, and what is in it.</summary>
public sealed partial class PackageContentTests(PackedPackages packed)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static TheoryData<string> AllPackages => [.. PackedPackages.Names];

    /// <summary>Those with an assembly for others to refer to.</summary>
    public static TheoryData<string> Libraries => [.. PackedPackages.Names.Except(["Dicom.Net.Templates", "Dicom.Net.Tool"])];

    [Theory]
    [MemberData(nameof(AllPackages))]
    public void Metadata_OfAPackage_TellsWhatAndWhoseItIs(string name)
    {
        using var package = packed.Open(name);
        var metadata = package.Metadata;

        Assert.Equal((name, packed.Version), (Value("id"), Value("version")));
        Assert.Equal("The Dicom.Net authors", Value("authors"));
        Assert.NotEqual("Package Description", Value("description"));
        Assert.Contains("dicom", Value("tags").Split(' '));
        Assert.Equal(("expression", "MIT"), ((string?)metadata.Element("license")!.Attribute("type"), Value("license")));

        string Value(string element) => metadata.Element(element)!.Value;
    }

    [Theory]
    [MemberData(nameof(AllPackages))]
    public void Metadata_OfAPackage_LeadsToItsSources(string name)
    {
        using var package = packed.Open(name);
        var repository = package.Metadata.Element("repository")!;

        Assert.Equal("git", (string?)repository.Attribute("type"));
        Assert.Equal(PackedPackages.Origin, ((string?)repository.Attribute("url"))!.Replace(".git", "", StringComparison.Ordinal));
        Assert.Equal(packed.Commit, (string?)repository.Attribute("commit"));
    }

    [Theory]
    [MemberData(nameof(AllPackages))]
    public void Files_OfAPackage_HaveIconLicenceAndAPageOfTheirOwn(string name)
    {
        using var package = packed.Open(name);
        var metadata = package.Metadata;
        var page = package.Text(metadata.Element("readme")!.Value);

        Assert.Equal(PngSignature, package.Bytes(metadata.Element("icon")!.Value)[..PngSignature.Length]);
        Assert.StartsWith("MIT License", package.Text("LICENSE"), StringComparison.Ordinal);
        Assert.NotEmpty(page);

        // Where a package is shown, there is nothing beside the page.
        Assert.Empty(RelativeLink().Matches(page).Select(link => link.Value));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Files_OfALibrary_AreItsAssemblyAndItsDocumentation(string name)
    {
        using var package = packed.Open(name);

        Assert.Equal(["LICENSE", "README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], package.Files);
        Assert.StartsWith("<doc>", XDocument.Parse(package.Text($"lib/net10.0/{name}.xml")).Root!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dependencies_OfTheLibrary_AreOne()
    {
        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions"], Dependencies("Dicom.Net").Select(dependency => dependency.Id));
    }

    [Fact]
    public void Dependencies_OfTheHosting_NameTheLibraryOfTheSameVersion()
    {
        Assert.Contains(("Dicom.Net", packed.Version), Dependencies("Dicom.Net.Hosting"));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_OfALibrary_LeadToTheCommitsSources(string name)
    {
        using var symbols = packed.Open(name, "snupkg");
        var origin = CodeOrigin.Of(symbols.Bytes($"lib/net10.0/{name}.pdb"));

        var link = Assert.Single(origin.Links);
        Assert.Equal(("/_/*", $"https://raw.githubusercontent.com/example/Dicom.Net/{packed.Commit}/*"), (link.Key, link.Value));
        Assert.NotEmpty(origin.Files);
        Assert.All(origin.Files, file => Assert.StartsWith("/_/src/", file, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Assembly_BuiltAgainInAnotherFolder_IsTheSameByteForByte(string name)
    {
        using var package = packed.Open(name);

        Assert.Equal(packed.BuiltElsewhere(name, $"{name}.dll"), package.Bytes($"lib/net10.0/{name}.dll"));
    }

    private List<(string Id, string Version)> Dependencies(string name)
    {
        using var package = packed.Open(name);
        return [.. package.Metadata.Descendants("dependency").Select(each => ((string)each.Attribute("id")!, (string)each.Attribute("version")!))];
    }

    [GeneratedRegex(@"\]\((?!https?://|#)[^)]*\)")]
    private static partial Regex RelativeLink();
}
