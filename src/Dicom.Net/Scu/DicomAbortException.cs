namespace Dicom.Net;

/// <summary>The association was aborted (A-ABORT or A-P-ABORT, PS3.8 §7.3, §7.4) before what was asked for came.</summary>
public sealed class DicomAbortException : DicomException
{
    internal DicomAbortException(DicomAbortSourceType source, DicomAbortReasonType reason)
        : base(new DicomNetResult(
            DicomExceptionCode.NetAssociationAborted,
            source == DicomAbortSourceType.User
                ? "The association was aborted by the peer's application."
                : $"The association was aborted for a fault of the protocol: source {(int)source}, reason {(int)reason}; the log says more."))
    {
        AbortSource = source;
        AbortReason = reason;
    }

    internal DicomAbortException(string why)
        : base(new DicomNetResult(DicomExceptionCode.NetAssociationAborted, $"The association was aborted by this side: {why}."))
        => IsByThisSide = true;

    /// <summary>Whether the application of this side wanted it: by <see cref="DicomAssociation.Abort"/>, a cancellation, or disposing.</summary>
    public bool IsByThisSide { get; }

    /// <summary>Who aborted: an application, or a service-provider, of the peer or of this side on a fault of the peer.</summary>
    public DicomAbortSourceType AbortSource { get; }

    /// <summary>Why; it has a meaning for the service-provider only.</summary>
    public DicomAbortReasonType AbortReason { get; }
}
