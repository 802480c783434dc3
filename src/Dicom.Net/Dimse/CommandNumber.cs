namespace Dicom.Net.Dimse;

/// <summary>Numbers of the application on their way into a command set, where each has so many bits and no more.</summary>
internal static class CommandNumber
{
    /// <exception cref="ArgumentOutOfRangeException">It does not fit VR US.</exception>
    public static ushort UnsignedShort(int number, string name) => number is >= ushort.MinValue and <= ushort.MaxValue
        ? (ushort)number
        : throw new ArgumentOutOfRangeException(null, $"{name} is 0 to 65535, not {number}.");

    /// <summary>Tags, each with its group in the upper half.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One has more than 32 bits.</exception>
    public static IReadOnlyList<uint> Tags(IReadOnlyList<long> tags) => tags.Count == 0 ? [] : [.. tags.Select(Tag)];

    private static uint Tag(long tag) => tag is >= uint.MinValue and <= uint.MaxValue
        ? (uint)tag
        : throw new ArgumentOutOfRangeException(null, $"A tag is 00000000H to FFFFFFFFH, with its group in the upper half, not {tag:X}H.");
}
