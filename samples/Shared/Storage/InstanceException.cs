namespace Dicom.Net.Samples;

/// <summary>An instance is not stored, by its own fault.</summary>
internal sealed class InstanceException(DicomCommandStatusType status, string message) : Exception(message)
{
    /// <summary>What its sender is told.</summary>
    public DicomCommandStatusType Status { get; } = status;
}
