using Dicom.Net.DataSets;

namespace Dicom.Net.Associations;

/// <summary>Where a received data set is kept while it arrives.</summary>
internal sealed record SpoolOptions
{
    /// <summary>The folder for data sets too large for memory; null for the system's folder of temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>The largest data set kept in memory, in bytes. 0: every data set goes to a file.</summary>
    public int MemoryThreshold { get; init; } = 1024 * 1024;

    /// <summary>The largest data set that is kept at all, in bytes; 0: no limit.</summary>
    public long MaximumLength { get; init; }

    /// <summary>Within what bounds the elements of one that was kept are read.</summary>
    public DataSetLimits ReadingLimits { get; init; } = DataSetLimits.Default;
}
