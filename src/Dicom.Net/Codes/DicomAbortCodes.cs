namespace Dicom.Net;

/// <summary>Who aborts (PS3.8 §9.3.8, source). Other values travel as they are.</summary>
public enum DicomAbortSourceType
{
    /// <summary>The application: DICOM UL service-user.</summary>
    User = 0,

    /// <summary>The service-provider: the protocol was broken.</summary>
    Provider = 2,
}

/// <summary>Why (PS3.8 §9.3.8, reason/diag.); it has a meaning for <see cref="DicomAbortSourceType.Provider"/> only.</summary>
public enum DicomAbortReasonType
{
    /// <summary>Reason not specified.</summary>
    Unknown = 0,

    /// <summary>Unrecognized PDU.</summary>
    Unrecognized = 1,

    /// <summary>Unexpected PDU.</summary>
    Unexpected = 2,

    /// <summary>Unrecognized PDU parameter.</summary>
    UnrecognizedParameter = 4,

    /// <summary>Unexpected PDU parameter.</summary>
    UnexpectedParameter = 5,

    /// <summary>Invalid PDU parameter value.</summary>
    InvalidParameter = 6,
}
