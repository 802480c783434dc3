namespace Dicom.Net.Tool.Receiving;

/// <summary>What became of a received instance.</summary>
/// <param name="Status">What its sender is told.</param>
/// <param name="Outcome">The same in words.</param>
internal sealed record KeptInstance(DicomCommandStatusType Status, string Outcome);
