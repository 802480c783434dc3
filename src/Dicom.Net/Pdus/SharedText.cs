using System.Text;

namespace Dicom.Net.Pdus;

/// <summary>
/// Short texts of peers, one string for all associations that bring the same one: its 7 contexts cost an ordinary association 1 KiB
/// less that way.
/// </summary>
/// <remarks>
/// A fixed number of places, found by a hash that differs from process to process; what comes takes its place from what was there. So a
/// peer can neither make this grow nor take more from the others than the sharing.
/// </remarks>
internal static class SharedText
{
    /// <summary>Those of the associations under way: UIDs, AE titles, versions. Arbitrary; a power of 2.</summary>
    private const int Places = 512;

    /// <summary>PS3.5 §9.1: no UID is longer.</summary>
    private const int LongestShared = 64;

    // Read and written without a lock: two threads that miss at once make a string each, and either is right.
    private static readonly string?[] Known = new string?[Places];

    /// <summary>The text of bytes in Latin-1, which has a character for each byte, whatever it is.</summary>
    public static string Latin1(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestShared)
        {
            return Encoding.Latin1.GetString(bytes);
        }

        Span<char> text = stackalloc char[LongestShared];
        text = text[..Encoding.Latin1.GetChars(bytes, text)];
        ref var place = ref Known[string.GetHashCode(text) & (Places - 1)];
        var known = place;
        return known is not null && text.SequenceEqual(known) ? known : place = text.ToString();
    }
}
