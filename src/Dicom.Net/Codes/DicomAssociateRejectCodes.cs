using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net;

/// <summary>Whether a rejected peer may try again (PS3.8 Table 9-21, result). Other values travel as they are.</summary>
public enum DicomAssociateRejectResultType
{
    /// <summary>It need not: the same request will be rejected again.</summary>
    Permanent = 1,

    /// <summary>It may, later.</summary>
    Transient = 2,
}

/// <summary>Who rejects (PS3.8 Table 9-21, source). Other values travel as they are.</summary>
public enum DicomAssociateRejectSourceType
{
    /// <summary>The application: DICOM UL service-user.</summary>
    User = 1,

    /// <summary>The service-provider, ACSE related function.</summary>
    Provider1 = 2,

    /// <summary>The service-provider, presentation related function.</summary>
    Provider2 = 3,
}

/// <summary>
/// Why (PS3.8 Table 9-21, reason/diag.). A reason's meaning depends on the source, so that several names share a value. Other values
/// travel as they are.
/// </summary>
[SuppressMessage("Design", "CA1069", Justification = "PS3.8 Table 9-21 gives one number several meanings, by source.")]
public enum DicomAssociateRejectReasonType
{
    /// <summary>Source user or ACSE: no reason given.</summary>
    Unknown = 1,

    /// <summary>Source user: application context name not supported.</summary>
    Application = 2,

    /// <summary>Source user: calling AE title not recognized.</summary>
    Calling = 3,

    /// <summary>Source user: called AE title not recognized.</summary>
    Called = 7,

    /// <summary>Source ACSE (<see cref="DicomAssociateRejectSourceType.Provider1"/>): protocol version not supported.</summary>
    Version = 2,

    /// <summary>Source presentation (<see cref="DicomAssociateRejectSourceType.Provider2"/>): temporary congestion.</summary>
    Congestion = 1,

    /// <summary>Source presentation (<see cref="DicomAssociateRejectSourceType.Provider2"/>): local limit exceeded.</summary>
    Limit = 2,
}
