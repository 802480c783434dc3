namespace Dicom.Net.Pdus;

/// <summary>
/// The Reason/Diag. field of an A-ABORT whose source is the service-provider (PS3.8 Table 9-26). A received value outside this
/// list is kept as it came.
/// </summary>
public enum AbortReason : byte
{
    /// <summary>reason-not-specified.</summary>
    NotSpecified = 0,

    /// <summary>unrecognized-PDU: the type of the PDU is none of the seven.</summary>
    UnrecognizedPdu = 1,

    /// <summary>unexpected-PDU: a known PDU in a state that has no place for it.</summary>
    UnexpectedPdu = 2,

    /// <summary>unrecognized-PDU parameter.</summary>
    UnrecognizedParameter = 4,

    /// <summary>unexpected-PDU parameter.</summary>
    UnexpectedParameter = 5,

    /// <summary>invalid-PDU-parameter value: a length or a field that the standard does not allow.</summary>
    InvalidParameterValue = 6,
}
