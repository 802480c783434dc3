using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>Decodes text in which escape sequences switch between sets of characters (ISO/IEC 2022, PS3.5 §6.1.2.5).</summary>
/// <param name="initial">The set of the first value of Specific Character Set, in force wherever a component begins.</param>
internal sealed class CodeExtensions(CharacterRepertoire initial)
{
    private const byte Escape = 0x1B;

    /// <param name="bytes">The whole value.</param>
    /// <param name="vr">Says which characters are delimiters.</param>
    public string Decode(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        ReadOnlySpan<byte> delimiters = DelimitersOf(vr);
        StringBuilder text = new(bytes.Length);
        CharacterRepertoire g0 = CharacterRepertoire.Ascii;
        CharacterRepertoire g1 = initial;
        while (!bytes.IsEmpty)
        {
            if (bytes[0] == Escape && CharacterRepertoire.OfEscape(bytes[1..]) is { } designated)
            {
                (g0, g1) = designated.Element == CodeElement.G0 ? (designated, g1) : (g0, designated);
                bytes = bytes[(1 + designated.Escape.Length)..];
                continue;
            }

            CharacterRepertoire set = bytes[0] >= 0x80 ? g1 : g0;
            int length = RunLength(bytes, set, delimiters);
            text.Append(set.Decode(bytes[..length]));
            if (set.Width == 1 && delimiters.Contains(bytes[0]))
            {
                // PS3.5 §6.1.2.5.3: at the delimiters everything is as at the beginning.
                (g0, g1) = (CharacterRepertoire.Ascii, initial);
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    // The bytes from here on that one set decodes: up to an escape sequence, a delimiter, or the other half of the code table.
    private static int RunLength(ReadOnlySpan<byte> bytes, CharacterRepertoire set, ReadOnlySpan<byte> delimiters)
    {
        if (set.Width == 1 && delimiters.Contains(bytes[0]))
        {
            return 1;
        }

        bool isUpperHalf = bytes[0] >= 0x80;
        int length = set.Width;
        while (length < bytes.Length && bytes[length] >= 0x80 == isUpperHalf && bytes[length] != Escape
            && !(set.Width == 1 && delimiters.Contains(bytes[length])))
        {
            length += set.Width;
        }

        return Math.Min(Math.Max(length, 1), bytes.Length);
    }

    // Backslash between values, ^ and = within a person's name, the control characters of text (PS3.5 §6.1.2.5.3).
    private static ReadOnlySpan<byte> DelimitersOf(DicomVR vr) =>
        vr == DicomVR.PN ? "\\^=\t\n\f\r"u8
        : vr.IsSingleValued() ? "\t\n\f\r"u8
        : "\\\t\n\f\r"u8;
}
