namespace Dicom.Net;

/// <summary>A question of the peer, to be answered exactly once.</summary>
public abstract class DicomQuestionEventArgs : EventArgs
{
    private bool _isPutOff;
    private bool _isAnswered;

    private protected DicomQuestionEventArgs(DicomNet net) => Net = net;

    /// <summary>The object of the connection: the sender.</summary>
    public DicomNet Net { get; }

    /// <summary>
    /// Set it to true to answer later, from any thread. It becomes true with the first answer that is sent. Where it is still false after
    /// all handlers, the default answer is given; and where an answer that was tried could not be sent, one that says so.
    /// </summary>
    public bool Handled
    {
        get => _isPutOff || _isAnswered;
        set => _isPutOff = value;
    }

    /// <summary>Whether the peer waits for an answer that nobody has promised.</summary>
    internal bool IsLeftOpen => !_isPutOff && (!_isAnswered || HasFailed);

    /// <summary>Whether an answer was tried that could not be sent, and none since.</summary>
    internal bool HasFailed { get; private set; }

    private protected DicomNetResult Answered(DicomNetResult result)
    {
        _isAnswered |= result.IsSuccess;
        HasFailed = !result.IsSuccess;
        return result;
    }
}

/// <summary>The event AssociateRequestReceived. Default answer: rejected, permanently, by the user, without a reason (1/1/1).</summary>
public sealed class DicomAssociateRequestEventArgs : DicomQuestionEventArgs
{
    // Of the peer that asks: the object may have another when the answer comes.
    private readonly PeerExchange? _exchange;

    internal DicomAssociateRequestEventArgs(DicomNet net, PeerExchange? exchange, DicomAssociate association)
        : base(net) =>
        (_exchange, Association) = (exchange, association);

    /// <summary>What the peer asks for.</summary>
    public DicomAssociate Association { get; }

    /// <summary>Accepts, with an answer made by hand or by <see cref="DicomAssociate.CreateAccept(Func{string, bool}, IReadOnlyCollection{string})"/>.</summary>
    public DicomNetResult Accept(DicomAssociate answer) => Answered(Net.Accept(_exchange, answer));

    /// <summary>Accepts what is supported of it: see <see cref="DicomAssociate.CreateAccept(DicomSupportedServices)"/>.</summary>
    public DicomNetResult Accept(DicomSupportedServices services) => Accept(Association.CreateAccept(services));

    /// <summary>Accepts the abstract syntaxes given, with any transfer syntax of the requestor's; rejects the other contexts.</summary>
    public DicomNetResult Accept(params IEnumerable<string> abstractSyntaxes) => Accept(Association.CreateAccept(abstractSyntaxes));

    /// <summary>Rejects.</summary>
    public DicomNetResult Reject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        Answered(Net.Send(_exchange, port => port.Reject(new((byte)result, (byte)source, (byte)reason))));
}

/// <summary>The event AssociateAcceptReceived.</summary>
public sealed class DicomAssociateAcceptEventArgs(DicomAssociate association) : EventArgs
{
    /// <summary>The answer of the peer.</summary>
    public DicomAssociate Association { get; } = association;
}

/// <summary>The event AssociateRejectReceived (PS3.8 Table 9-21).</summary>
public sealed class DicomAssociateRejectEventArgs(
    DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) : EventArgs
{
    /// <summary>Whether it is worth trying again.</summary>
    public DicomAssociateRejectResultType Result { get; } = result;

    /// <summary>Who rejects.</summary>
    public DicomAssociateRejectSourceType Source { get; } = source;

    /// <summary>Why; its meaning depends on the source.</summary>
    public DicomAssociateRejectReasonType Reason { get; } = reason;
}

/// <summary>The event ReleaseRequestReceived. Default answer: the release response.</summary>
public sealed class DicomReleaseRequestEventArgs : DicomQuestionEventArgs
{
    private readonly PeerExchange? _exchange;

    internal DicomReleaseRequestEventArgs(DicomNet net, PeerExchange? exchange)
        : base(net) =>
        _exchange = exchange;

    /// <summary>Agrees to the release.</summary>
    public DicomNetResult Respond() => Answered(Net.Send(_exchange, port => port.RespondRelease()));
}

/// <summary>The event AbortReceived (PS3.8 §9.3.8).</summary>
public sealed class DicomAbortEventArgs(DicomAbortSourceType source, DicomAbortReasonType reason) : EventArgs
{
    /// <summary>Who aborted: the peer's application, or the service-provider (the peer's, or ours on a fault of the peer).</summary>
    public DicomAbortSourceType Source { get; } = source;

    /// <summary>Why; it has a meaning for the service-provider only.</summary>
    public DicomAbortReasonType Reason { get; } = reason;
}
