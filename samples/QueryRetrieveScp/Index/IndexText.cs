using System.Text;

namespace Dicom.Net.Samples;

/// <summary>Values as every database takes them, whatever a peer has sent.</summary>
internal static class IndexText
{
    // Arbitrary: no attribute that is indexed is longer; a peer may still send one. PostgreSQL's indexes take 2704 bytes.
    private const int MaximumLength = 512;

    /// <summary>Cuts what is too long, and leaves out what no text in PostgreSQL may have: NUL, and halves of surrogate pairs.</summary>
    public static string Of(string value)
    {
        var text = value.Length <= MaximumLength ? value : value[..MaximumLength];
        return IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0 && rune != Rune.ReplacementChar));
    }

    private static bool IsPlain(string text) => !text.Any(letter => letter == 0 || char.IsSurrogate(letter));
}
