namespace Dicom.Net.Dimse;

/// <summary>How much of a peer's message is taken before it is an attack.</summary>
internal sealed record DimseLimits
{
    /// <summary>
    /// The longest command set, in bytes. 64 KiB is arbitrary: the largest real one, an N-GET-RQ with a long attribute list, is far
    /// smaller.
    /// </summary>
    public int MaximumCommandLength { get; init; } = 64 * 1024;
}
