using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>What PS3.5 says of each value representation, in the form that reading and writing need it.</summary>
internal static class VRTraits
{
    public static DicomVR Read(ReadOnlySpan<byte> letters) => (DicomVR)((letters[0] << 8) | letters[1]);

    public static string Letters(this DicomVR vr) =>
        Encoding.ASCII.GetString([(byte)((ushort)vr >> 8), (byte)vr]);

    /// <summary>Whether the two bytes can be a value representation of this edition or a later one.</summary>
    public static bool IsPlausible(this DicomVR vr) =>
        char.IsAsciiLetterUpper((char)((ushort)vr >> 8)) && char.IsAsciiLetterUpper((char)(byte)vr);

    /// <summary>
    /// Whether the explicit VR header has two reserved bytes and a 32-bit length. Only the VRs of PS3.5 Table 7.1-2 have a
    /// 16-bit length, and that list is closed: what later editions add has 32 bits (PS3.5 §7.1.2).
    /// </summary>
    public static bool HasLongHeader(this DicomVR vr) => vr is not (
        DicomVR.AE or DicomVR.AS or DicomVR.AT or DicomVR.CS or DicomVR.DA or DicomVR.DS or DicomVR.DT or DicomVR.FL or DicomVR.FD
        or DicomVR.IS or DicomVR.LO or DicomVR.LT or DicomVR.PN or DicomVR.SH or DicomVR.SL or DicomVR.SS or DicomVR.ST or DicomVR.TM
        or DicomVR.UI or DicomVR.UL or DicomVR.US);

    /// <summary>Whether a value may have undefined length: sequences, unknown values, encapsulated pixel data (PS3.5 §7.1.2).</summary>
    public static bool MayBeUndefined(this DicomVR vr) => vr is DicomVR.SQ or DicomVR.UN or DicomVR.OB or DicomVR.OW;

    /// <summary>The number of bytes that are turned round between little and big endian; 1 where there is no order (PS3.5 §7.3).</summary>
    public static int WordSize(this DicomVR vr) => vr switch
    {
        DicomVR.US or DicomVR.SS or DicomVR.OW or DicomVR.AT => 2,
        DicomVR.UL or DicomVR.SL or DicomVR.FL or DicomVR.OL or DicomVR.OF => 4,
        DicomVR.FD or DicomVR.UV or DicomVR.SV or DicomVR.OD or DicomVR.OV => 8,
        _ => 1,
    };

    public static bool IsText(this DicomVR vr) => vr is
        DicomVR.AE or DicomVR.AS or DicomVR.CS or DicomVR.DA or DicomVR.DS or DicomVR.DT or DicomVR.IS or DicomVR.LO or DicomVR.LT
        or DicomVR.PN or DicomVR.SH or DicomVR.ST or DicomVR.TM or DicomVR.UC or DicomVR.UI or DicomVR.UR or DicomVR.UT;

    /// <summary>Whether Specific Character Set governs the text; the others are in the default repertoire (PS3.5 §6.1.2.2).</summary>
    public static bool HasCharacterSet(this DicomVR vr) => vr is
        DicomVR.LO or DicomVR.LT or DicomVR.PN or DicomVR.SH or DicomVR.ST or DicomVR.UC or DicomVR.UT;

    /// <summary>Whether a backslash is a character of the one value, not a separator of values (PS3.5 §6.4).</summary>
    public static bool IsSingleValued(this DicomVR vr) => vr is DicomVR.ST or DicomVR.LT or DicomVR.UT or DicomVR.UR;

    /// <summary>
    /// Whether leading spaces belong to the value (PS3.5 Table 6.2-1); trailing ones never do. In a UID none may be: who checks it shall see it.
    /// </summary>
    public static bool KeepsLeadingSpaces(this DicomVR vr) => vr is
        DicomVR.ST or DicomVR.LT or DicomVR.UT or DicomVR.UC or DicomVR.UR or DicomVR.UI or DicomVR.PN;

    /// <summary>Whether the value is one or more numbers in binary: fixed words, a tag counting as one of 32 bits.</summary>
    public static bool IsBinaryNumber(this DicomVR vr) => vr is
        DicomVR.US or DicomVR.SS or DicomVR.UL or DicomVR.SL or DicomVR.UV or DicomVR.SV or DicomVR.FL or DicomVR.FD or DicomVR.AT;

    public static bool IsNumeric(this DicomVR vr) => vr.IsBinaryNumber() || vr is DicomVR.IS or DicomVR.DS;

    /// <summary>The byte that makes the length even: a space for text, NUL for UIDs and everything else (PS3.5 §6.2).</summary>
    public static byte Padding(this DicomVR vr) => vr.IsText() && vr != DicomVR.UI ? (byte)' ' : (byte)0;
}
