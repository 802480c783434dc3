namespace Dicom.Net.Fuzz.Running;

/// <summary>How long a run is, and where it begins.</summary>
/// <param name="Seed">Where the choices come from.</param>
/// <param name="First">The index of the first input.</param>
/// <param name="Inputs">How many to try, for each target; null: until the time is over.</param>
/// <param name="Time">How long to try, for each target; null: until the inputs are tried.</param>
/// <param name="Workers">How many threads try.</param>
/// <param name="Findings">The folder for findings; null: they are only shown.</param>
internal sealed record FuzzSettings(
    ulong Seed, long First = 0, long? Inputs = null, TimeSpan? Time = null, int Workers = 1, string? Findings = null);
