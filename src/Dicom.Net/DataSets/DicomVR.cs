namespace Dicom.Net;

/// <summary>Value representations: the types of data elements' values (PS3.5 §6.2, Table 6.2-1).</summary>
/// <remarks>
/// The number of a member is its two letters as they stand in an explicit VR data set, the first in the upper byte. A pair of
/// letters that this enumeration does not name (a VR of a later edition) is kept as it came.
/// </remarks>
public enum DicomVR : ushort
{
    /// <summary>No value representation; no data element has it.</summary>
    None = 0,

    /// <summary>Application Entity: an AE title of at most 16 characters.</summary>
    AE = ('A' << 8) | 'E',

    /// <summary>Age String: nnnD, nnnW, nnnM or nnnY.</summary>
    AS = ('A' << 8) | 'S',

    /// <summary>Attribute Tag: a tag as two 16-bit numbers.</summary>
    AT = ('A' << 8) | 'T',

    /// <summary>Code String: upper case letters, digits, space and underscore, at most 16 characters.</summary>
    CS = ('C' << 8) | 'S',

    /// <summary>Date: YYYYMMDD.</summary>
    DA = ('D' << 8) | 'A',

    /// <summary>Decimal String: a number in decimal digits, at most 16 characters.</summary>
    DS = ('D' << 8) | 'S',

    /// <summary>Date Time: YYYYMMDDHHMMSS.FFFFFF&amp;ZZXX.</summary>
    DT = ('D' << 8) | 'T',

    /// <summary>Floating Point Double: IEEE 754 binary64.</summary>
    FD = ('F' << 8) | 'D',

    /// <summary>Floating Point Single: IEEE 754 binary32.</summary>
    FL = ('F' << 8) | 'L',

    /// <summary>Integer String: a 32-bit number in decimal digits.</summary>
    IS = ('I' << 8) | 'S',

    /// <summary>Long String: at most 64 characters.</summary>
    LO = ('L' << 8) | 'O',

    /// <summary>Long Text: at most 10240 characters; one value.</summary>
    LT = ('L' << 8) | 'T',

    /// <summary>Other Byte: octets that have no byte order.</summary>
    OB = ('O' << 8) | 'B',

    /// <summary>Other Double: a run of binary64.</summary>
    OD = ('O' << 8) | 'D',

    /// <summary>Other Float: a run of binary32.</summary>
    OF = ('O' << 8) | 'F',

    /// <summary>Other Long: a run of 32-bit words.</summary>
    OL = ('O' << 8) | 'L',

    /// <summary>Other Very Long: a run of 64-bit words.</summary>
    OV = ('O' << 8) | 'V',

    /// <summary>Other Word: a run of 16-bit words.</summary>
    OW = ('O' << 8) | 'W',

    /// <summary>Person Name: components divided by ^, groups by =.</summary>
    PN = ('P' << 8) | 'N',

    /// <summary>Short String: at most 16 characters.</summary>
    SH = ('S' << 8) | 'H',

    /// <summary>Signed Long: 32 bits.</summary>
    SL = ('S' << 8) | 'L',

    /// <summary>Sequence of Items, each of them a data set (PS3.5 §7.5).</summary>
    SQ = ('S' << 8) | 'Q',

    /// <summary>Signed Short: 16 bits.</summary>
    SS = ('S' << 8) | 'S',

    /// <summary>Short Text: at most 1024 characters; one value.</summary>
    ST = ('S' << 8) | 'T',

    /// <summary>Signed Very Long: 64 bits.</summary>
    SV = ('S' << 8) | 'V',

    /// <summary>Time: HHMMSS.FFFFFF.</summary>
    TM = ('T' << 8) | 'M',

    /// <summary>Unlimited Characters.</summary>
    UC = ('U' << 8) | 'C',

    /// <summary>Unique Identifier: a UID of at most 64 characters (PS3.5 §9).</summary>
    UI = ('U' << 8) | 'I',

    /// <summary>Unsigned Long: 32 bits.</summary>
    UL = ('U' << 8) | 'L',

    /// <summary>Unknown: octets whose meaning was lost on the way (PS3.5 §6.2.2).</summary>
    UN = ('U' << 8) | 'N',

    /// <summary>Universal Resource Identifier: an RFC 3986 URI.</summary>
    UR = ('U' << 8) | 'R',

    /// <summary>Unsigned Short: 16 bits.</summary>
    US = ('U' << 8) | 'S',

    /// <summary>Unlimited Text; one value.</summary>
    UT = ('U' << 8) | 'T',

    /// <summary>Unsigned Very Long: 64 bits.</summary>
    UV = ('U' << 8) | 'V',
}
