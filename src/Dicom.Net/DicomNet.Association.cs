using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>Associations: asked for, answered, released, aborted (PS3.8 §7).</summary>
public partial class DicomNet
{
    /// <summary>The peer asks for an association: see <see cref="OnReceiveAssociateRequest"/>.</summary>
    public event EventHandler<DicomAssociateRequestEventArgs>? AssociateRequestReceived;

    /// <summary>The peer accepted the association: see <see cref="OnReceiveAssociateAccept"/>.</summary>
    public event EventHandler<DicomAssociateAcceptEventArgs>? AssociateAcceptReceived;

    /// <summary>The peer rejected it: see <see cref="OnReceiveAssociateReject"/>.</summary>
    public event EventHandler<DicomAssociateRejectEventArgs>? AssociateRejectReceived;

    /// <summary>The peer wants to end it: see <see cref="OnReceiveReleaseRequest"/>.</summary>
    public event EventHandler<DicomReleaseRequestEventArgs>? ReleaseRequestReceived;

    /// <summary>The peer agrees to end it: see <see cref="OnReceiveReleaseResponse"/>.</summary>
    public event EventHandler<EventArgs>? ReleaseResponseReceived;

    /// <summary>It was aborted: see <see cref="OnReceiveAbort"/>.</summary>
    public event EventHandler<DicomAbortEventArgs>? AbortReceived;

    /// <summary>The association as it was negotiated: the acceptor's answer. Null before there is one.</summary>
    public DicomAssociate? Association => _exchange?.Agreement?.Association;

    /// <summary>Asks the connected peer for an association (A-ASSOCIATE-RQ). The answer comes to OnReceiveAssociateAccept or …Reject.</summary>
    /// <param name="association">What to propose; copied.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendAssociateRequest(DicomAssociate association)
    {
        ArgumentNullException.ThrowIfNull(association);
        if (!association.IsRequest)
        {
            return Return(DicomExceptionCode.Parameter, "Pass a request: new DicomAssociate(request: true).");
        }

        return Return(Attempt(association, static (exchange, port, association) =>
        {
            var request = association.ToRequest();
            return SendResults.Of(Agree(ref exchange.Requested, request, () => port.Request(request)));
        }));
    }

    /// <summary>Accepts the association that the peer asks for (A-ASSOCIATE-AC).</summary>
    /// <param name="association">The answer; copied. Each context bears the id of one that was proposed.</param>
    /// <returns>Success when it is queued; InvalidState where the listener is closing meanwhile: then it was rejected (2/3/1).</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendAssociateAccept(DicomAssociate association) => Accept(_exchange, association);

    /// <summary>Accepts the association that this very peer asks for.</summary>
    internal DicomNetResult Accept(PeerExchange? exchange, DicomAssociate association)
    {
        ArgumentNullException.ThrowIfNull(association);
        if (association.IsRequest)
        {
            return Return(DicomExceptionCode.Parameter, "Pass an answer: new DicomAssociate(request: false), or CreateAccept of the request.");
        }

        return Return(AcceptAssociation(exchange, association));
    }

    private DicomNetResult AcceptAssociation(PeerExchange? exchange, DicomAssociate association) =>
        Attempt(exchange, (net: this, association), static (exchange, port, details) =>
        {
            var (net, association) = details;
            if (exchange.Requested is not { } request)
            {
                return SendResults.Of(SendOutcome.WrongState);
            }

            if (net.RejectIfDraining(exchange))
            {
                return RejectedWhileDraining;
            }

            var answer = association.ToAnswer(request, exchange.UserResponse);
            var agreement = new AssociationAgreement(
                DicomAssociate.From(answer, request), AgreedOperations.From(request, answer, AssociationRole.Acceptor));
            var outcome = Agree(ref exchange.Agreement, agreement, () => port.Accept(answer));
            if (outcome == SendOutcome.Queued)
            {
                Interlocked.CompareExchange(ref exchange.Requested, null, request);
            }

            return SendResults.Of(outcome);
        });

    /// <summary>Rejects the association that the peer asks for (A-ASSOCIATE-RJ, PS3.8 §9.3.4). The bytes go out as given.</summary>
    /// <param name="result">Whether the same request may succeed later (PS3.8 Table 9-21).</param>
    /// <param name="source">Who rejects.</param>
    /// <param name="reason">Why; its meaning depends on the source.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        Send(port => port.Reject(new((byte)result, (byte)source, (byte)reason)));

    /// <summary>Asks the peer to end the association (A-RELEASE-RQ). The connection closes when it has agreed.</summary>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendReleaseRequest() => _exchange?.SentSoFar is { HasWaiting: true }
        ? Return(DicomExceptionCode.InvalidState, "Requests wait for their turn, and would be lost: wait for their responses, or abort.")
        : Send(port => port.RequestRelease());

    /// <summary>Agrees to end the association (A-RELEASE-RP). The peer then closes the connection.</summary>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendReleaseResponse() => Send(port => port.RespondRelease());

    /// <summary>Ends the association at once (A-ABORT, PS3.8 §9.3.8). The bytes go out as given; what was queued does not.</summary>
    /// <param name="source">Who aborts (PS3.8 §9.3.8).</param>
    /// <param name="reason">Why; it has a meaning for the service-provider only.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendAbort(DicomAbortSourceType source, DicomAbortReasonType reason) =>
        Send(port => port.Abort(new((byte)source, (byte)reason)));

    /// <summary>Called when the peer asks for an association; to be answered by SendAssociateAccept or SendAssociateReject.</summary>
    /// <param name="association">What the peer asks for.</param>
    /// <remarks>
    /// The base raises <see cref="AssociateRequestReceived"/>; if nobody answers, it accepts what the application entity that is called supports
    /// (<see cref="DicomAdmission.ApplicationEntities"/>), or rejects (permanent, user, no reason given). Not called for requests that
    /// <see cref="DicomNetOptions.Admission"/> or <see cref="DicomNetOptions.Limits"/> of the listener rule out.
    /// </remarks>
    protected virtual void OnReceiveAssociateRequest(DicomAssociate association)
    {
        var exchange = _exchange;
        var question = new DicomAssociateRequestEventArgs(this, exchange, association);
        Raise(net => net.AssociateRequestReceived, question);
        if (!question.Handled && exchange?.Handlers?.TryBegin(question) is not true)
        {
            AnswerUnasked(exchange, association);
        }
    }

    /// <summary>Called when the peer has accepted: operations may be asked for on the contexts that it took.</summary>
    /// <param name="association">Its answer; also <see cref="Association"/>.</param>
    /// <remarks>The base raises <see cref="AssociateAcceptReceived"/>.</remarks>
    protected virtual void OnReceiveAssociateAccept(DicomAssociate association) =>
        Raise(net => net.AssociateAcceptReceived, new DicomAssociateAcceptEventArgs(association));

    /// <summary>Called when the peer has rejected; the connection closes.</summary>
    /// <param name="result">Whether the same request may succeed later (PS3.8 Table 9-21).</param>
    /// <param name="source">Who rejects.</param>
    /// <param name="reason">Why; its meaning depends on the source.</param>
    /// <remarks>The base raises <see cref="AssociateRejectReceived"/>.</remarks>
    protected virtual void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        Raise(net => net.AssociateRejectReceived, new DicomAssociateRejectEventArgs(result, source, reason));

    /// <summary>Called when the peer wants to end the association; to be answered by SendReleaseResponse.</summary>
    /// <remarks>The base raises <see cref="ReleaseRequestReceived"/>; if nobody answers, it sends the response.</remarks>
    protected virtual void OnReceiveReleaseRequest()
    {
        var exchange = _exchange;
        var question = new DicomReleaseRequestEventArgs(this, exchange);
        Raise(net => net.ReleaseRequestReceived, question);
        if (!question.Handled)
        {
            exchange?.Port?.RespondRelease();
        }
    }

    /// <summary>Called when the peer has agreed to end the association. The connection is closing: calling Close is allowed, not needed.</summary>
    /// <remarks>The base raises <see cref="ReleaseResponseReceived"/>.</remarks>
    protected virtual void OnReceiveReleaseResponse() => Raise(net => net.ReleaseResponseReceived, EventArgs.Empty);

    /// <summary>Called when the association was aborted: by the peer, or by this side's protocol machine on a fault of the peer.</summary>
    /// <param name="source">Who aborts (PS3.8 §9.3.8).</param>
    /// <param name="reason">Why; it has a meaning for the service-provider only.</param>
    /// <remarks>The base raises <see cref="AbortReceived"/>. A lost connection comes to <see cref="OnClose"/> alone.</remarks>
    protected virtual void OnReceiveAbort(DicomAbortSourceType source, DicomAbortReasonType reason) =>
        Raise(net => net.AbortReceived, new DicomAbortEventArgs(source, reason));

    internal ValueTask TellAssociateRequestAsync(PeerExchange exchange, AAssociateRq asked)
    {
        exchange.Requested = asked;
        if (RejectIfDraining(exchange))
        {
            return default;
        }

        DicomAssociate? admitted = null;
        if (!Guard(nameof(OnReceiveAssociateRequest), () => admitted = Admit(exchange, DicomAssociate.From(asked))))
        {
            RejectUnanswered(exchange);
        }

        if (admitted is not null && UserRuleFor(exchange) is { } rule)
        {
            return AskAboutUserAsync(exchange, admitted, rule);
        }

        if (admitted is not null)
        {
            AskApplication(exchange, admitted);
        }

        return default;
    }

    /// <returns>The request; null: it was rejected.</returns>
    private DicomAssociate? Admit(PeerExchange exchange, DicomAssociate request)
    {
        if (RefusalOf(exchange, request) is not { } refusal)
        {
            return request;
        }

        exchange.Port?.Reject(refusal);
        return null;
    }

    private void AskApplication(PeerExchange exchange, DicomAssociate request)
    {
        if (!Guard(nameof(OnReceiveAssociateRequest), () => OnReceiveAssociateRequest(request)))
        {
            RejectUnanswered(exchange);
        }
    }

    internal void TellAssociateAccept(PeerExchange exchange, AAssociateAc accept)
    {
        var request = exchange.Requested!;
        var associate = DicomAssociate.From(accept, request);
        Volatile.Write(
            ref exchange.Agreement, new(associate, AgreedOperations.From(request, accept, AssociationRole.Requestor)));
        exchange.Requested = null;
        Guard(nameof(OnReceiveAssociateAccept), () => OnReceiveAssociateAccept(associate));
    }

    internal void TellAssociateReject(AAssociateRj reject) => Guard(
        nameof(OnReceiveAssociateReject),
        () => OnReceiveAssociateReject(
            (DicomAssociateRejectResultType)reject.Result,
            (DicomAssociateRejectSourceType)reject.Source,
            (DicomAssociateRejectReasonType)reject.Reason));

    internal void TellReleaseRequest()
    {
        if (!Guard(nameof(OnReceiveReleaseRequest), OnReceiveReleaseRequest))
        {
            _exchange?.Port?.RespondRelease();
        }
    }

    internal void TellReleaseResponse() => Guard(nameof(OnReceiveReleaseResponse), OnReceiveReleaseResponse);

    internal void TellAbort(AAbort abort) => Guard(
        nameof(OnReceiveAbort),
        () => OnReceiveAbort((DicomAbortSourceType)abort.Source, (DicomAbortReasonType)abort.Reason));

    /// <summary>
    /// What is agreed on is known before it goes out, as the peer may react at once; what does not go out leaves nothing behind. Of several
    /// threads that try, one does: the others must not replace what it has sent.
    /// </summary>
    private static SendOutcome Agree<T>(ref T? known, T agreed, Func<SendOutcome> send)
        where T : class
    {
        if (Interlocked.CompareExchange(ref known, agreed, null) is not null)
        {
            return SendOutcome.WrongState;
        }

        var outcome = SendOutcome.WrongState;
        try
        {
            outcome = send();
        }
        finally
        {
            if (outcome != SendOutcome.Queued)
            {
                Interlocked.CompareExchange(ref known, null, agreed);
            }
        }

        return outcome;
    }

    internal void RejectUnanswered(PeerExchange? exchange)
    {
        // Where the application did answer, though not through its event's argument, the protocol machine declines this.
        var reject = new AAssociateRj(
            (byte)DicomAssociateRejectResultType.Permanent,
            (byte)DicomAssociateRejectSourceType.User,
            (byte)DicomAssociateRejectReasonType.Unknown);
        if (exchange?.Port?.Reject(reject) == SendOutcome.Queued)
        {
            FacadeLog.AssociateRequestUnanswered(_log, Peer);
        }
    }
}
