namespace Dicom.Net;

/// <summary>The peer rejected the association (A-ASSOCIATE-RJ, PS3.8 §9.3.4).</summary>
public sealed class DicomAssociateRejectException : DicomException
{
    internal DicomAssociateRejectException(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason)
        : base(new DicomNetResult(DicomExceptionCode.NetAssociationRejected, Describe(result, source, reason)))
    {
        RejectResult = result;
        RejectSource = source;
        RejectReason = reason;
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public DicomAssociateRejectResultType RejectResult { get; }

    /// <summary>Who rejected.</summary>
    public DicomAssociateRejectSourceType RejectSource { get; }

    /// <summary>Why; its meaning depends on the source.</summary>
    public DicomAssociateRejectReasonType RejectReason { get; }

    // PS3.8 Table 9-21.
    private static string Describe(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason)
    {
        var why = ((int)source, (int)reason) switch
        {
            (1, 2) => "application context name not supported",
            (1, 3) => "calling AE title not recognized",
            (1, 7) => "called AE title not recognized",
            (2, 2) => "protocol version not supported",
            (3, 1) => "temporary congestion",
            (3, 2) => "local limit exceeded",
            _ => "no reason given",
        };
        var when = result == DicomAssociateRejectResultType.Transient ? "for the time being" : "permanently";
        return $"The peer rejects the association: {why}, {when} ({(int)result}/{(int)source}/{(int)reason}).";
    }
}
