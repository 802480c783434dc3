namespace Dicom.Net.Samples;

/// <summary>How instances are kept.</summary>
internal sealed record StoragePolicy
{
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.KeepBoth;

    /// <summary>Whether an instance is on the disk, and not only in the system's cache, before it is acknowledged.</summary>
    public bool FlushesToDisk { get; init; } = true;

    /// <summary>Bytes that the instances of a folder may take; 0: as many as the disk has.</summary>
    public long MaximumBytes { get; init; }
}
