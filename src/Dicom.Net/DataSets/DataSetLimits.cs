namespace Dicom.Net.DataSets;

/// <summary>The bounds within which a peer's data set is read; beyond them it is refused with a <see cref="DataSetException"/>.</summary>
internal sealed record DataSetLimits
{
    public static DataSetLimits Default { get; } = new();

    /// <summary>How deep sequences may nest. DCMTK's limit (885ff0f10), set after a nested file of 39 kB overran its stack.</summary>
    public int MaximumDepth { get; init; } = 64;

    /// <summary>Elements of one data set or item, its sequences' contents not counted. Arbitrary: PS3.6 registers some 5000.</summary>
    public int MaximumElements { get; init; } = 65_536;

    /// <summary>Items of one sequence. Arbitrary: the largest real ones have an item per tile of a whole slide image.</summary>
    public int MaximumItems { get; init; } = 1_000_000;

    /// <summary>Bytes of a deflated data set when it is inflated. Arbitrary: deflate makes up to a thousand bytes of one.</summary>
    public int MaximumInflatedLength { get; init; } = 256 * 1024 * 1024;

    /// <summary>Elements of File Meta Information. Arbitrary: PS3.10 Table 7.1-1 has 20.</summary>
    public int MaximumMetaElements { get; init; } = 256;
}
