using System.Globalization;
using System.Text;

namespace Dicom.Net.Tool.Output;

/// <summary>Text of peers and files, made fit for a terminal.</summary>
internal static class Printable
{
    /// <summary>
    /// The text on one line: whatever moves the cursor, changes colours, turns the direction of writing or cannot be seen becomes its number.
    /// </summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPrintable(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $@"\u{rune.Value:X4}");
            }
        }

        return shown.ToString();
    }

    // A lone surrogate is enumerated as U+FFFD.
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
