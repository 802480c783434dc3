using System.Globalization;
using System.Security.Cryptography;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>
/// What a data set says, however it is encoded: an archive that writes it anew may choose other lengths (PS3.5 §7.5), pad values (§6.2) and leave
/// out group lengths (§7.2).
/// </summary>
internal static class Content
{
    /// <summary>The data sets of some files say, one for one, what those of others do.</summary>
    public static void AssertSame(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var contents = actual.Select(Of).ToList();
        Assert.All(expected, file => Assert.True(contents.Remove(Of(file)), $"Nobody has what {file} says:\n{Of(file)}"));
    }

    private static string Of(string path)
    {
        using var dataSet = DicomDataSet.Load(path);
        return $"{dataSet.TransferSyntax}\n{string.Concat(Lines(dataSet, ""))}";
    }

    private static IEnumerable<string> Lines(DicomDataSet dataSet, string indent)
    {
        foreach (var element in dataSet.Where(element => element.Tag.Element != 0))
        {
            if (!dataSet.TryGetItems(element.Tag, out var items))
            {
                yield return $"{indent}{element.Tag} {DigestOf(element)}\n";
                continue;
            }

            yield return string.Create(CultureInfo.InvariantCulture, $"{indent}{element.Tag} {items.Count} items\n");
            foreach (var line in items.SelectMany(item => Lines(item, $"{indent}  ").Prepend($"{indent} item\n")))
            {
                yield return line;
            }
        }
    }

    private static string DigestOf(DicomElement element) =>
        Convert.ToHexString(SHA256.HashData(element.GetBytes().AsSpan().TrimEnd(" \0"u8)), 0, 8);
}
