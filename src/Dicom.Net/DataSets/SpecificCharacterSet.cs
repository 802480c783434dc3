using System.Globalization;
using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>The character set of a data set's text, as Specific Character Set (0008,0005) names it (PS3.3 §C.12.1.1.2).</summary>
internal sealed class SpecificCharacterSet
{
    private readonly Encoding _encoding;
    private readonly CodeExtensions? _extensions;
    private readonly bool _isSingleByte;

    private SpecificCharacterSet(Encoding encoding, bool isSingleByte, CodeExtensions? extensions = null)
    {
        _encoding = encoding;
        _isSingleByte = isSingleByte;
        _extensions = extensions;
    }

    /// <summary>ISO 646 (PS3.5 §6.1.2.1): what there is where nothing is named.</summary>
    public static SpecificCharacterSet Default { get; } = new(CharacterRepertoire.Ascii.Encoding, isSingleByte: true);

    /// <summary>The character set of the attribute's values. A term that the standard does not know is taken for the default.</summary>
    public static SpecificCharacterSet Of(ReadOnlySpan<string> terms)
    {
        string first = terms.IsEmpty ? string.Empty : terms[0].Trim();
        if (OfWholeEncoding(first) is { } whole)
        {
            return whole;
        }

        CharacterRepertoire set = CharacterRepertoire.OfNumber(RegistrationNumber(first)) ?? CharacterRepertoire.Ascii;
        bool isExtended = terms.Length > 1 || first.StartsWith("ISO 2022", StringComparison.Ordinal);

        // A G0 set of two bytes is never there from the beginning: an escape sequence calls it.
        CharacterRepertoire initial = set is { Element: CodeElement.G0, Width: 2 } ? CharacterRepertoire.Ascii : set;
        return new SpecificCharacterSet(initial.Encoding, initial.Width == 1, isExtended ? new CodeExtensions(initial) : null);
    }

    /// <summary>Decodes a whole value.</summary>
    /// <param name="bytes">The value.</param>
    /// <param name="vr">Its value representation, where code extensions begin anew at its delimiters.</param>
    public string Decode(ReadOnlySpan<byte> bytes, DicomVR vr) => _extensions?.Decode(bytes, vr) ?? _encoding.GetString(bytes);

    /// <summary>Encodes without escape sequences.</summary>
    /// <returns>The bytes, or null where the first named set lacks a character.</returns>
    public byte[]? TryEncode(string text)
    {
        try
        {
            byte[] bytes = _encoding.GetBytes(text);

            // The code page of JIS X 0201 has the two-byte characters of Shift JIS besides.
            return _isSingleByte && bytes.Length != text.Length ? null : bytes;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    // The sets that replace the whole code table and know no escape sequences (PS3.3 Table C.12-5).
    private static SpecificCharacterSet? OfWholeEncoding(string term) => term switch
    {
        "ISO_IR 192" => new SpecificCharacterSet(CharacterRepertoire.GetEncoding(65001), isSingleByte: false),
        "GB18030" => new SpecificCharacterSet(CharacterRepertoire.GetEncoding(54936), isSingleByte: false),
        "GBK" => new SpecificCharacterSet(CharacterRepertoire.GetEncoding(936), isSingleByte: false),
        _ => null,
    };

    // "ISO_IR 100", "ISO 2022 IR 100"; seen, too: "ISO-IR 100", "ISO IR 100".
    private static int RegistrationNumber(string term) =>
        int.TryParse(term.AsSpan(term.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
