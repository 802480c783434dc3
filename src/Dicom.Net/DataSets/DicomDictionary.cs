using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>The registry of data elements, PS3.6, with the command elements of PS3.7 Annex E: value representations and keywords.</summary>
/// <remarks>The table is decoded when it is first asked something.</remarks>
public static class DicomDictionary
{
    private static readonly Lazy<DictionaryTable> Table = new(DictionaryTable.Load);

    private static readonly Lazy<FrozenDictionary<string, DicomTag>> TagsByKeyword = new(
        () => Table.Value.Tags().ToFrozenDictionary(pair => pair.Keyword, pair => pair.Tag, StringComparer.Ordinal));

    /// <summary>The value representation of an element.</summary>
    /// <param name="tag">The element's tag.</param>
    /// <returns>
    /// UL for a group length, LO for a private creator (PS3.5 §7.8.1), the registered one for a standard element, and UN for every other.
    /// Where the standard allows several, that of implicit VR little endian (PS3.5 Annex A.1), and US where the choice is US or SS.
    /// </returns>
    public static DicomVR GetVR(DicomTag tag)
    {
        if (tag.IsGroupLength)
        {
            return DicomVR.UL;
        }

        if (tag.IsPrivate)
        {
            // PS3.5 §7.8.1: (gggg,0010) to (gggg,00FF) reserve blocks, each by the name of its creator.
            return tag.Element is >= 0x10 and <= 0xFF ? DicomVR.LO : DicomVR.UN;
        }

        return Table.Value.TryFind(tag, out DictionaryEntry entry) ? entry.VR : DicomVR.UN;
    }

    /// <summary>The keyword of a standard element, as in <c>PatientID</c>.</summary>
    /// <param name="tag">The element's tag; of a repeating group, of any of its repetitions.</param>
    /// <returns>The keyword, or <see langword="null"/> for a private or an unregistered element.</returns>
    public static string? GetKeyword(DicomTag tag) =>
        !tag.IsPrivate && Table.Value.TryFind(tag, out DictionaryEntry entry) ? Table.Value.Keyword(entry) : null;

    /// <summary>Finds the tag of a keyword.</summary>
    /// <param name="keyword">The keyword of PS3.6, in its letters' case: <c>PatientID</c>.</param>
    /// <param name="tag">The tag; of a repeating group, that of the first repetition.</param>
    /// <returns>Whether there is such a keyword.</returns>
    public static bool TryGetTag([NotNullWhen(true)] string? keyword, out DicomTag tag)
    {
        tag = default;
        return keyword is not null && TagsByKeyword.Value.TryGetValue(keyword, out tag);
    }

    /// <summary>Whether the standard lets Pixel Representation (0028,0103) decide between US and SS for this element.</summary>
    internal static bool FollowsPixelRepresentation(DicomTag tag) =>
        !tag.IsPrivate && Table.Value.TryFind(tag, out DictionaryEntry entry) && entry.IsUnsignedOrSigned;

    /// <summary>The element's name for messages: tag and, where it has one, keyword.</summary>
    internal static string Describe(DicomTag tag) =>
        GetKeyword(tag) is { } keyword ? string.Create(CultureInfo.InvariantCulture, $"{tag} {keyword}") : tag.ToString();
}
