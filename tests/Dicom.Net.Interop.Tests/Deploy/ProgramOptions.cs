using System.Text.RegularExpressions;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>The options of QueryRetrieveScp, as it tells them itself.</summary>
internal static partial class ProgramOptions
{
    /// <summary>Fails if a text has an option that the program has not. Lines that are comments do not count.</summary>
    public static async Task AssertKnownAsync(string text)
    {
        await using var help = Sample.Start("QueryRetrieveScp", "--help");
        await help.ExitAsync(0);
        var known = Option().Matches(help.Output).Select(match => match.Value).ToHashSet();
        var lines = text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'));

        var used = lines.SelectMany(line => Option().Matches(line)).Select(match => match.Value).ToArray();

        Assert.Contains("--archive", used);
        Assert.All(used, option => Assert.Contains(option, known));
    }

    [GeneratedRegex(@"(?<![\w-])--[a-z]+(-[a-z]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}
