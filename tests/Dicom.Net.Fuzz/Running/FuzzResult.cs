using System.Globalization;

namespace Dicom.Net.Fuzz.Running;

/// <summary>What a run came to.</summary>
internal sealed record FuzzResult(
    string Target, ulong Seed, long Tried, long Taken, TimeSpan Duration, TimeSpan Slowest, IReadOnlyList<FuzzReport> Findings)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target}: seed {Seed}, {Tried:N0} inputs in {Duration.TotalSeconds:F1} s, {Tried / Duration.TotalSeconds:N0}/s, "
        + $"{100.0 * Taken / Math.Max(1, Tried):F0} % taken, slowest {Slowest.TotalMilliseconds:F1} ms, {Findings.Count} findings");
}
