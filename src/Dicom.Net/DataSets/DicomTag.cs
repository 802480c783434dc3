using System.Globalization;

namespace Dicom.Net;

/// <summary>The tag of a data element: group number and element number (PS3.5 §7.1).</summary>
/// <param name="Group">The group number; odd for private elements (PS3.5 §7.8).</param>
/// <param name="Element">The element number within the group; 0000H is the group length (PS3.5 §7.2).</param>
/// <remarks>A tag converts from and to the number <c>0xGGGGEEEE</c>, so that <c>dataSet.GetString(0x00100020)</c> compiles.</remarks>
public readonly partial record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    /// <summary>Whether the group number is odd: the element's meaning is its creator's (PS3.5 §7.8).</summary>
    public bool IsPrivate => (Group & 1) != 0;

    /// <summary>The group length of this tag's group, (gggg,0000) (PS3.5 §7.2).</summary>
    internal DicomTag GroupLength => new(Group, 0);

    internal bool IsGroupLength => Element == 0;

    /// <summary>Makes a tag of the number <c>0xGGGGEEEE</c>.</summary>
    /// <param name="value">Group in the upper 16 bits, element in the lower.</param>
    public static DicomTag FromUInt32(uint value) => new((ushort)(value >> 16), (ushort)value);

    /// <summary>Makes a tag of the number <c>0xGGGGEEEE</c>, the type in which LDicomNet's .NET twin passes tags.</summary>
    /// <param name="value">Group in bits 16 to 31, element in bits 0 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit 32 bits.</exception>
    public static DicomTag FromInt64(long value) => value is >= 0 and <= uint.MaxValue
        ? FromUInt32((uint)value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A tag is a number between 0 and 0xFFFFFFFF.");

    /// <summary>The tag as the number <c>0xGGGGEEEE</c>.</summary>
    public uint ToUInt32() => ((uint)Group << 16) | Element;

    /// <summary>Makes a tag of the number <c>0xGGGGEEEE</c>.</summary>
    public static implicit operator DicomTag(uint value) => FromUInt32(value);

    /// <summary>Makes a tag of the number <c>0xGGGGEEEE</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit 32 bits.</exception>
    public static explicit operator DicomTag(long value) => FromInt64(value);

    /// <summary>The tag as the number <c>0xGGGGEEEE</c>.</summary>
    public static implicit operator uint(DicomTag tag) => tag.ToUInt32();

    /// <summary>Orders tags as data elements are ordered in a data set: by group, then by element (PS3.5 §7.1).</summary>
    public int CompareTo(DicomTag other) => ToUInt32().CompareTo(other.ToUInt32());

    /// <summary>Whether one tag comes before another in a data set.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.ToUInt32() < right.ToUInt32();

    /// <summary>Whether one tag comes before another in a data set, or is the same.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.ToUInt32() <= right.ToUInt32();

    /// <summary>Whether one tag comes after another in a data set.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.ToUInt32() > right.ToUInt32();

    /// <summary>Whether one tag comes after another in a data set, or is the same.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.ToUInt32() >= right.ToUInt32();

    /// <summary>The tag as the standard prints it, <c>(gggg,eeee)</c>, with digits in upper case.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");
}
