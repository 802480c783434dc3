namespace Dicom.Net.Samples;

/// <summary>A match as lines of text: the keyword and the value of each attribute, items of sequences indented.</summary>
internal static class MatchText
{
    public static void Write(DicomDataSet match, TextWriter output, string indentation = "")
    {
        foreach (var element in match)
        {
            var name = DicomDictionary.GetKeyword(element.Tag) ?? element.Tag.ToString();
            if (!match.TryGetItems(element.Tag, out var items))
            {
                output.WriteLine($"{indentation}{name} = {Words.Escape(Identifier.TextOf(match, element.Tag))}");
                continue;
            }

            for (var number = 1; number <= items.Count; number++)
            {
                output.WriteLine($"{indentation}{name}, item {number}:");
                Write(items[number - 1], output, $"{indentation}  ");
            }
        }
    }
}
