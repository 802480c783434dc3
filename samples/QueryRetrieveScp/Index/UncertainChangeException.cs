namespace Dicom.Net.Samples;

/// <summary>The database has been lost in mid-commit: what was to be changed may be changed or not. Nothing of it may be undone.</summary>
internal sealed class UncertainChangeException(Exception cause)
    : IOException($"the index was lost while it committed: {cause.Message}", cause);
