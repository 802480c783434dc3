using System.CommandLine.Parsing;
using System.Globalization;

namespace Dicom.Net.Samples;

/// <summary>A number of bytes as a person writes it: 1000, 64K, 512M, 2G, 1T; K is 1024.</summary>
internal static class ByteSize
{
    private const string Units = "KMGT";

    /// <summary>Reads the one value of an option, or says what is wrong with it.</summary>
    public static long Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (TryParse(text, out var bytes))
        {
            return bytes;
        }

        result.AddError($"'{text}' is no size: give bytes, or a number with K, M, G or T.");
        return 0;
    }

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var power = text.Length > 0 ? Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) + 1 : 0;
        var number = power > 0 ? text[..^1] : text;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var units) || units > long.MaxValue >> (10 * power))
        {
            return false;
        }

        bytes = units << (10 * power);
        return true;
    }
}
