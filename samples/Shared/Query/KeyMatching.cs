using System.Globalization;

namespace Dicom.Net.Samples;

/// <summary>Whether an attribute's value matches a key of a query (PS3.4 §C.2.2.2). Both are texts; a backslash separates values.</summary>
internal static class KeyMatching
{
    /// <summary>Whether the key is matched by every entity, also by those without a value (PS3.4 §C.2.2.2.3, §C.2.2.2.4).</summary>
    public static bool IsUniversal(DicomVR vr, string key) => key.Length == 0 || (HasWildcards(vr) && key.All(letter => letter == '*'));

    /// <summary>Whether the key has a wild card in a VR that may have some.</summary>
    public static bool HasWildcard(DicomVR vr, string key) => HasWildcards(vr) && key.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether a value matches a key: any of its values, any of the key's. Of UIDs the standard has lists (§C.2.2.2.2); more
    /// than one Modality in Study is asked for by many, too.</summary>
    /// <exception cref="FormatException">The key is of no form that its VR has.</exception>
    public static bool Matches(DicomVR vr, string key, string value) =>
        IsUniversal(vr, key) || Split(vr, key).Any(one => Split(vr, value).Any(other => MatchesOne(vr, one, other)));

    /// <summary>Refuses a key that cannot be matched, before anything is searched.</summary>
    /// <exception cref="FormatException">It is of no form that its VR has.</exception>
    public static void Validate(DicomVR vr, string key) => Matches(vr, key, "0");

    private static bool MatchesOne(DicomVR vr, string key, string value) => vr switch
    {
        DicomVR.DA or DicomVR.TM => MomentRange.Parse(vr, key).Contains(value),
        DicomVR.PN => MatchesName(key, value),
        _ when HasWildcard(vr, key) => Wildcard.Matches(key, value, ignoreCase: false),
        DicomVR.IS or DicomVR.DS => key == value || (Number(key) is { } number && Number(value) == number),
        _ => key == value,
    };

    // PS3.4 §C.2.2.2.1 leaves the case of names to us: a receptionist does not type as a modality prints. A key may mean the whole name or
    // one of its component groups, say the ideographic one; empty components at the end say nothing (PS3.5 §6.2.1).
    private static bool MatchesName(string key, string value) =>
        value.Split('=').Append(value).Any(name => Wildcard.Matches(key.TrimEnd('^'), name.TrimEnd('^'), ignoreCase: true));

    // PS3.4 §C.2.2.2.1: whether 007 matches 7 is the implementation's business.
    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Split(DicomVR vr, string text) =>
        IsSingleValued(vr) ? [text] : text.Split('\\', StringSplitOptions.TrimEntries);

    // PS3.4 §C.2.2.2.4.
    private static bool HasWildcards(DicomVR vr) => vr is DicomVR.AE or DicomVR.CS or DicomVR.LO or DicomVR.LT or DicomVR.PN or DicomVR.SH
        or DicomVR.ST or DicomVR.UC or DicomVR.UR or DicomVR.UT;

    // PS3.5 §6.2: here a backslash is a character as any other.
    private static bool IsSingleValued(DicomVR vr) => vr is DicomVR.LT or DicomVR.ST or DicomVR.UR or DicomVR.UT;
}
