using System.Text.RegularExpressions;

namespace Dicom.Net.Packages.Tests.Support;

/// <summary>Code from a page, as a reader copies it.</summary>
internal static partial class Snippet
{
    /// <summary>Finds the first snippet of a name.</summary>
    /// <param name="page">The page, its lines ended by a line feed.</param>
    /// <param name="name">As its mark has it.</param>
    public static string Of(string page, string name) =>
        Fence().Matches(page).First(fence => fence.Groups["mark"].Value == name).Groups["code"].Value;

    [GeneratedRegex(@"<!-- snippet: (?<mark>\w+) -->\n```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
