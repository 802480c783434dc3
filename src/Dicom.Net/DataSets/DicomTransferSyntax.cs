namespace Dicom.Net;

/// <summary>How a data set is put into bytes (PS3.5 §10 and Annex A).</summary>
/// <remarks>Two are equal when their UIDs are.</remarks>
public sealed class DicomTransferSyntax : IEquatable<DicomTransferSyntax>
{
    private DicomTransferSyntax(string uid) => Uid = uid;

    /// <summary>Implicit VR Little Endian, the default of PS3.5 §10.1 (Annex A.1).</summary>
    public static DicomTransferSyntax ImplicitVRLittleEndian { get; } = new(DicomUids.ImplicitVRLittleEndian);

    /// <summary>Explicit VR Little Endian (PS3.5 Annex A.2).</summary>
    public static DicomTransferSyntax ExplicitVRLittleEndian { get; } = new(DicomUids.ExplicitVRLittleEndian) { IsExplicitVR = true };

    /// <summary>Explicit VR Big Endian (PS3.5 Annex A.3, retired).</summary>
    public static DicomTransferSyntax ExplicitVRBigEndian { get; } =
        new(DicomUids.ExplicitVRBigEndian) { IsExplicitVR = true, IsBigEndian = true };

    /// <summary>Deflated Explicit VR Little Endian (PS3.5 Annex A.5).</summary>
    public static DicomTransferSyntax DeflatedExplicitVRLittleEndian { get; } =
        new(DicomUids.DeflatedExplicitVRLittleEndian) { IsExplicitVR = true, IsDeflated = true };

    /// <summary>The UID of the transfer syntax.</summary>
    public string Uid { get; }

    /// <summary>The name in PS3.6 Table A-1, or the UID where that table has none.</summary>
    public string Name => DicomUids.GetName(Uid) ?? Uid;

    /// <summary>Whether each element carries its value representation; otherwise the dictionary gives it.</summary>
    public bool IsExplicitVR { get; private init; }

    /// <summary>Whether the most significant byte of tags, lengths and binary values comes first.</summary>
    public bool IsBigEndian { get; private init; }

    /// <summary>Whether the data set as a whole is compressed with RFC 1951 deflate.</summary>
    public bool IsDeflated { get; private init; }

    /// <summary>
    /// Whether pixel data is, or for a transfer syntax that this library does not know may be, a run of compressed fragments (PS3.5
    /// Annex A.4). Such a data set is handed on as it is: it is re-encoded in no other transfer syntax.
    /// </summary>
    public bool IsEncapsulated { get; private init; }

    /// <summary>Whether the elements can be re-encoded in another such transfer syntax without touching a pixel.</summary>
    internal bool IsNative => Uid is DicomUids.ImplicitVRLittleEndian or DicomUids.ExplicitVRLittleEndian
        or DicomUids.ExplicitVRBigEndian or DicomUids.DeflatedExplicitVRLittleEndian;

    /// <summary>The transfer syntax of a UID.</summary>
    /// <param name="uid">The UID; NUL and spaces at its end are ignored.</param>
    /// <returns>
    /// Its properties. All but the one implicit VR transfer syntax (and Papyrus' copy of it) are explicit VR, and all but one are little
    /// endian; so are private ones taken to be (PS3.5 Annex A).
    /// </returns>
    /// <exception cref="ArgumentException">The UID is empty.</exception>
    public static DicomTransferSyntax Of(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        ReadOnlySpan<char> text = uid.AsSpan().TrimEnd("\0 ");
        string trimmed = text.Length == uid.Length ? uid : text.ToString();
        ArgumentException.ThrowIfNullOrEmpty(trimmed, nameof(uid));
        return trimmed switch
        {
            DicomUids.ImplicitVRLittleEndian => ImplicitVRLittleEndian,
            DicomUids.ExplicitVRLittleEndian => ExplicitVRLittleEndian,
            DicomUids.ExplicitVRBigEndian => ExplicitVRBigEndian,
            DicomUids.DeflatedExplicitVRLittleEndian => DeflatedExplicitVRLittleEndian,
            DicomUids.Papyrus3ImplicitVRLittleEndian => new DicomTransferSyntax(trimmed),
            DicomUids.JpipReferenced or DicomUids.JpipHtj2kReferenced => new DicomTransferSyntax(trimmed) { IsExplicitVR = true },
            DicomUids.JpipReferencedDeflate or DicomUids.JpipHtj2kReferencedDeflate =>
                new DicomTransferSyntax(trimmed) { IsExplicitVR = true, IsDeflated = true },
            _ => new DicomTransferSyntax(trimmed) { IsExplicitVR = true, IsEncapsulated = true },
        };
    }

    /// <summary>Whether elements look the same in both, whatever is done to pixel data or to the data set as a whole.</summary>
    internal bool EncodesElementsLike(DicomTransferSyntax other) =>
        IsExplicitVR == other.IsExplicitVR && IsBigEndian == other.IsBigEndian;

    /// <summary>Whether the other has the same UID.</summary>
    public bool Equals(DicomTransferSyntax? other) => other is not null && Uid == other.Uid;

    /// <summary>Whether the other is a transfer syntax of the same UID.</summary>
    public override bool Equals(object? obj) => Equals(obj as DicomTransferSyntax);

    /// <summary>A hash code of the UID.</summary>
    public override int GetHashCode() => Uid.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
