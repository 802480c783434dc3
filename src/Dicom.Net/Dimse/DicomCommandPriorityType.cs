namespace Dicom.Net;

/// <summary>The priority of an operation: the values of Priority (0000,0700), PS3.7 §E.1.</summary>
public enum DicomCommandPriorityType
{
    /// <summary>Neither before nor after others.</summary>
    Medium = 0,

    /// <summary>Before others.</summary>
    High = 1,

    /// <summary>After others.</summary>
    Low = 2,
}
