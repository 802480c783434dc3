namespace Dicom.Net.Samples;

/// <summary>An instance is not stored, by its own fault.</summary>
internal sealed class InstanceException(DicomCommandStatusType status, string message) : Exception(message)
{
    /// <summary>What its sender is told.</summary>
    public DicomCommandStatusType Status { get; } = status;

    /// <summary>Another one of its UID is kept, and is to stay alone.</summary>
    public static InstanceException Duplicate() =>
        new(DicomCommandStatusType.DuplicateSopInstance, "another instance of this UID is kept already");
}
