using System.Text.RegularExpressions;

namespace Dicom.Net.Tests.Architecture;

/// <summary>
/// What the READMEs show compiles: each C# snippet bears the mark <c>&lt;!-- snippet: Name --&gt;</c> on the line before, and stands word for
/// word, but for indentation, in <c>Snippets/Name.cs</c> of these tests, or of those of the adapter for fo-dicom or of the hosting, or in
/// <c>samples/Name/Program.cs</c>.
/// </summary>
public sealed partial class ReadmeSnippetTests
{
    private static readonly string[] Readmes =
    [
        "README.md",
        "src/Dicom.Net/README.md",
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => $"src/{Path.GetFileName(folder)}/PACKAGE.md"),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(page => Path.GetRelativePath(Repository.Root, page)),
    ];

    public static TheoryData<string> AllReadmes => [.. Readmes.Where(readme => File.Exists(Path.Combine(Repository.Root, readme)))];

    [Theory]
    [MemberData(nameof(AllReadmes))]
    public void Snippets_OfAReadme_StandInCodeThatCompiles(string readme)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, readme)).ReplaceLineEndings("\n");

        Assert.Empty(Fence().Matches(text).Select(fence => ProblemOf(fence.Groups["mark"].Value, fence.Groups["code"].Value)).OfType<string>());
    }

    [Theory]
    [InlineData("a\n<!-- snippet: X -->\n```csharp\nvar x = 1;\n```\n", "X", "var x = 1;\n")]
    [InlineData("a\n\n```csharp\nvar x = 1;\n```\n", "", "var x = 1;\n")]
    public void Fence_WithOrWithoutAMark_IsFound(string readme, string mark, string code)
    {
        var fence = Assert.Single(Fence().Matches(readme));

        Assert.Equal((mark, code), (fence.Groups["mark"].Value, fence.Groups["code"].Value));
    }

    [Fact]
    public void ProblemOf_WhatStandsNowhere_IsTold()
    {
        Assert.NotNull(ProblemOf("", "var x = 1;"));
        Assert.NotNull(ProblemOf("NoSuchSnippet", "var x = 1;"));
        Assert.NotNull(ProblemOf("TenLineScp", "var scp = new SomethingElse();"));
    }

    private static string? ProblemOf(string mark, string code)
    {
        if (mark.Length == 0)
        {
            return $"A snippet bears no mark: {Lines(code).FirstOrDefault()}";
        }

        string[] places =
        [
            Path.Combine(Repository.Tests, "Snippets", mark + ".cs"),
            Path.Combine(Repository.Tests, "..", "Dicom.Net.FoDicom.Tests", "Snippets", mark + ".cs"),
            Path.Combine(Repository.Tests, "..", "Dicom.Net.Hosting.Tests", "Snippets", mark + ".cs"),
            Path.Combine(Repository.Root, "samples", mark, "Program.cs"),
        ];
        var found = places.Where(File.Exists).Select(File.ReadAllText).ToList();
        return found.Count == 0 ? $"There is no {string.Join(" and no ", places)}."
            : found.Exists(source => Contains(Lines(source), Lines(code))) ? null
            : $"The snippet {mark} differs from the code in {places.First(File.Exists)}.";
    }

    private static bool Contains(string[] source, string[] snippet) => Enumerable.Range(0, Math.Max(0, source.Length - snippet.Length + 1))
        .Any(start => source.AsSpan(start, snippet.Length).SequenceEqual(snippet));

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex(@"(?:<!-- snippet: (?<mark>\w+) -->\n)?^```(?:csharp|cs|c#)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
