namespace Dicom.Net.Tests.Architecture;

/// <summary>A file holds one concept, and fits into a reader's head.</summary>
public sealed class FileLengthTests
{
    private const int MostLines = 300;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> MayBeLonger = [];

    [Fact]
    public void Files_OfTheLibrary_HaveAtMost300Lines()
    {
        var tooLong = Lengths().Where(file => file.Value > MostLines && !MayBeLonger.ContainsKey(file.Key));

        Assert.True(!tooLong.Any(), "Split, or give a reason: " + string.Join(", ", tooLong.Select(file => $"{file.Key} ({file.Value} lines)")));
    }

    [Fact]
    public void Exceptions_FromTheLimit_AreStillNeeded()
    {
        var lengths = Lengths();

        Assert.All(MayBeLonger.Keys, file => Assert.True(lengths.GetValueOrDefault(file) > MostLines, $"{file} needs no exception any more."));
    }

    private static Dictionary<string, int> Lengths()
    {
        var sources = Path.Combine(Repository.Root, "src");
        return Repository.SourcesBelow(sources).ToDictionary(
            file => Path.GetRelativePath(sources, file).Replace('\\', '/'), file => File.ReadLines(file).Count());
    }
}
