using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>One registered set of characters: how it is named, called for by escape sequences, and decoded.</summary>
/// <param name="Number">The ISO registration number in the defined terms <c>ISO_IR n</c> and <c>ISO 2022 IR n</c>.</param>
/// <param name="Escape">What follows ESC to designate the set (PS3.3 Tables C.12-3 and C.12-4).</param>
/// <param name="Element">Where it is designated to.</param>
/// <param name="Width">Bytes of a character.</param>
/// <param name="CodePage">The .NET code page that has these characters.</param>
internal sealed record CharacterRepertoire(int Number, string Escape, CodeElement Element, int Width, int CodePage)
{
    // PS3.3 Tables C.12-3 and C.12-4. The code pages are the ones whose encoding of these characters is the set's own, JIS X 0208
    // and 0212 in the form that EUC gives them.
    private static readonly CharacterRepertoire[] All =
    [
        new(6, "(B", CodeElement.G0, Width: 1, CodePage: 20127),
        new(14, "(J", CodeElement.G0, Width: 1, CodePage: 20127),
        new(100, "-A", CodeElement.G1, Width: 1, CodePage: 28591),
        new(101, "-B", CodeElement.G1, Width: 1, CodePage: 28592),
        new(109, "-C", CodeElement.G1, Width: 1, CodePage: 28593),
        new(110, "-D", CodeElement.G1, Width: 1, CodePage: 28594),
        new(144, "-L", CodeElement.G1, Width: 1, CodePage: 28595),
        new(127, "-G", CodeElement.G1, Width: 1, CodePage: 28596),
        new(126, "-F", CodeElement.G1, Width: 1, CodePage: 28597),
        new(138, "-H", CodeElement.G1, Width: 1, CodePage: 28598),
        new(148, "-M", CodeElement.G1, Width: 1, CodePage: 28599),
        new(203, "-b", CodeElement.G1, Width: 1, CodePage: 28605),
        new(166, "-T", CodeElement.G1, Width: 1, CodePage: 874),
        new(13, ")I", CodeElement.G1, Width: 1, CodePage: 932),
        new(87, "$B", CodeElement.G0, Width: 2, CodePage: 20932),
        new(159, "$(D", CodeElement.G0, Width: 2, CodePage: 20932),
        new(149, "$)C", CodeElement.G1, Width: 2, CodePage: 51949),
        new(58, "$)A", CodeElement.G1, Width: 2, CodePage: 936),
    ];

    /// <summary>ISO 646, the default repertoire (PS3.5 §6.1.2.1).</summary>
    public static CharacterRepertoire Ascii => All[0];

    /// <summary>The set's encoding; what it cannot decode becomes U+FFFD.</summary>
    public Encoding Encoding => field ??= GetEncoding(CodePage);

    public static CharacterRepertoire? OfNumber(int number) => Array.Find(All, set => set.Number == number);

    /// <summary>The set that an escape sequence designates.</summary>
    /// <param name="afterEscape">The bytes after ESC.</param>
    public static CharacterRepertoire? OfEscape(ReadOnlySpan<byte> afterEscape)
    {
        foreach (CharacterRepertoire set in All)
        {
            int length = Math.Min(set.Escape.Length, afterEscape.Length);
            if (System.Text.Ascii.Equals(afterEscape[..length], set.Escape))
            {
                return set;
            }
        }

        return null;
    }

    /// <summary>An encoding that refuses what it has no character for, when it encodes.</summary>
    public static Encoding GetEncoding(int codePage)
    {
        DecoderReplacementFallback unknown = new("\uFFFD");
        return CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, unknown)
            ?? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, unknown);
    }

    /// <summary>Decodes bytes of this set.</summary>
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Element == CodeElement.G1 || Width == 1)
        {
            return Encoding.GetString(bytes);
        }

        // JIS X 0208 in EUC has the high bit of both bytes set; code page 20932 has JIS X 0212 with that of the first alone.
        byte[] shifted = bytes.ToArray();
        int step = Number == 159 ? 2 : 1;
        for (int i = 0; i < shifted.Length; i += step)
        {
            shifted[i] |= 0x80;
        }

        return Encoding.GetString(shifted);
    }
}
