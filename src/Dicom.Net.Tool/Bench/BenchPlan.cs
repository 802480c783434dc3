namespace Dicom.Net.Tool.Bench;

/// <summary>What is to be measured.</summary>
internal sealed record BenchPlan
{
    /// <summary>Associations at once.</summary>
    public required int Associations { get; init; }

    /// <summary>How long; operations that have begun are awaited.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Operations in all; null: as many as the time allows.</summary>
    public long? Count { get; init; }

    /// <summary>
    /// Operations a second in all, whether or not those before are done; null: each begins when the one before has ended. With a rate the time of
    /// an operation counts from when it was due: else a peer that stops for a second would be measured once, and not by all who wait.
    /// </summary>
    public double? Rate { get; init; }
}
