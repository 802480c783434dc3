using System.Globalization;
using System.Text;

namespace Dicom.Net.Pdus;

/// <summary>Text that a peer sent: decoded without loss, and escaped before anybody reads it in a log.</summary>
internal static class PeerText
{
    /// <summary>Enough of a text to know it by; arbitrary, but that of the longest UID (PS3.5 §9.1).</summary>
    private const int MaximumShown = 64;

    /// <summary>Leading and trailing spaces are not significant (PS3.8 Table 9-11); trailing NULs are met in practice.</summary>
    public static string AETitle(ReadOnlySpan<byte> bytes) => Decode(bytes.TrimEnd(" \0"u8).TrimStart(" "u8));

    /// <summary>UIDs are not padded here (PS3.8 Annex F), but NULs and spaces are met in practice.</summary>
    public static string Uid(ReadOnlySpan<byte> bytes) => Decode(bytes.TrimEnd(" \0"u8));

    public static string Name(ReadOnlySpan<byte> bytes) => Decode(bytes.TrimEnd(" \0"u8));

    /// <summary>The text on one line of printable ASCII: a control byte becomes \xNN, so that no log line can be forged.</summary>
    public static string Escape(string text)
    {
        var shown = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaximumShown)))
        {
            Append(shown, character);
        }
        return shown.Append(text.Length > MaximumShown ? "..." : "").ToString();
    }

    private static void Append(StringBuilder shown, char character)
    {
        switch (character)
        {
            case '\\':
                shown.Append(@"\\");
                break;
            case >= ' ' and <= '~':
                shown.Append(character);
                break;
            case <= '\xFF':
                shown.Append(CultureInfo.InvariantCulture, $@"\x{(int)character:X2}");
                break;
            default:
                shown.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:X4}");
                break;
        }
    }

    /// <summary>Latin-1 and not ASCII: one character for each byte, whatever it is.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes) => SharedText.Latin1(bytes);
}
