namespace Dicom.Net.Dimse;

/// <summary>How far the C-STORE sub-operations of a C-GET or C-MOVE are (PS3.7 §9.1.3.1, §9.1.4.1).</summary>
/// <param name="Remaining">Not yet begun.</param>
/// <param name="Completed">Done with success.</param>
/// <param name="Failed">Done with a failure.</param>
/// <param name="Warning">Done with a warning.</param>
internal readonly record struct SubOperations(int Remaining, int Completed, int Failed, int Warning)
{
    /// <summary>A count as its element can hold it, VR US: a larger one shows as the largest.</summary>
    public static ushort Saturated(int count) => (ushort)Math.Clamp(count, ushort.MinValue, ushort.MaxValue);
}
