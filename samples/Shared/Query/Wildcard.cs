namespace Dicom.Net.Samples;

/// <summary>Wild card matching (PS3.4 §C.2.2.2.4): <c>*</c> stands for any characters, <c>?</c> for exactly one.</summary>
internal static class Wildcard
{
    /// <summary>Whether a pattern describes the whole of a text.</summary>
    /// <remarks>Takes at most pattern × text steps, whatever a peer makes up: only the last <c>*</c> is ever tried again.</remarks>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        var (at, position) = (0, 0);
        var (star, resume) = (-1, 0);
        while (position < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, position);
            }
            else if (at < pattern.Length && IsSame(pattern[at], text[position], ignoreCase))
            {
                (at, position) = (at + 1, position + 1);
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (at, position) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }

    private static bool IsSame(char pattern, char character, bool ignoreCase) =>
        pattern == '?' || pattern == character || (ignoreCase && char.ToUpperInvariant(pattern) == char.ToUpperInvariant(character));
}
