namespace Dicom.Net;

/// <summary>How far the C-STORE sub-operations of a C-GET or C-MOVE are (PS3.7 §9.1.3.1, §9.1.4.1).</summary>
/// <param name="Remaining">Not yet begun; 0 where the peer left it out, as it does at the end.</param>
/// <param name="Completed">Done with success.</param>
/// <param name="Failed">Done with a failure.</param>
/// <param name="Warning">Done with a warning.</param>
public readonly record struct DicomSubOperations(int Remaining, int Completed, int Failed, int Warning)
{
    /// <summary>A count as its element can hold it, VR US: a larger one shows as the largest.</summary>
    internal static ushort Saturated(int count) => (ushort)Math.Clamp(count, ushort.MinValue, ushort.MaxValue);
}
