namespace Dicom.Net;

/// <summary>Whether a role is proposed, or granted (PS3.7 §D.3.3.4).</summary>
public enum DicomRoleSupport
{
    /// <summary>It is not.</summary>
    Unsupported = 0,

    /// <summary>It is.</summary>
    Supported = 1,
}
