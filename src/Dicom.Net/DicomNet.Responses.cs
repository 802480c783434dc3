using Dicom.Net.Associations;
using Dicom.Net.DataSets;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>Answers to the peer's requests: the application's, and those that are given in its place.</summary>
public partial class DicomNet
{
    /// <summary>A response is about to be sent: see <see cref="OnBeforeSendCommandSet"/>.</summary>
    public event EventHandler<DicomCommandSetEventArgs>? CommandSetSending;

    private bool WantsCommandSets => _overriding.HasFlag(Overrides.BeforeSend) || HasHandler(net => net.CommandSetSending);

    /// <summary>
    /// Called before a Send…Response sends its command set, on the thread that called it: elements may be added, as those that say more of
    /// the status (PS3.7 Annex C), changed or removed.
    /// </summary>
    /// <param name="cs">The command set; (0000,0000) is computed afterwards.</param>
    /// <remarks>The base raises <see cref="CommandSetSending"/>. If it throws, the response goes out as it was.</remarks>
    protected virtual void OnBeforeSendCommandSet(DicomDataSet cs) =>
        Raise(net => net.CommandSetSending, new DicomCommandSetEventArgs(cs));

    /// <summary>Sends a response to the request that has these ids now.</summary>
    private DicomNetResult Respond(byte presentationID, int messageID, in DimseResponse response) =>
        Respond(presentationID, messageID, asked: null, response);

    /// <summary>Sends a response; if it is a final one, its request is closed and the request's data set disposed of.</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="asked">The request itself; null: the one that has these ids now.</param>
    /// <param name="response">The response.</param>
    internal DicomNetResult Respond(byte presentationID, int messageID, DimseMessage? asked, in DimseResponse response)
    {
        if (response.Fault is { } fault)
        {
            return Return(DicomExceptionCode.Parameter, fault);
        }

        var exchange = _exchange;
        var request = asked ?? exchange?.Open.Find(presentationID, messageID);
        if (request is null || !response.Answers(request) || !IsOpen(exchange, request, response))
        {
            return Return(
                DicomExceptionCode.InvalidState,
                $"No {response.Request.ToStandardName()} with message id {messageID} waits for this answer: it was answered before, or the connection has ended.");
        }

        return Return(response.IsFinal ? RespondFinally(exchange!, request, response) : Respond(exchange, request, response));
    }

    /// <summary>Whether the request waits, on this very connection; for a final response it is claimed.</summary>
    private static bool IsOpen(PeerExchange? exchange, DimseMessage request, in DimseResponse response) =>
        (response.IsFinal ? exchange?.Open.TryClaim(request) : exchange?.Open.Contains(request)) is true;

    private DicomNetResult RespondFinally(PeerExchange exchange, DimseMessage request, in DimseResponse response) => SendFinally(
        exchange, request, response.Status, (net: this, exchange, request, response),
        static answer => answer.net.Respond(answer.exchange, answer.request, answer.response));

    /// <summary>
    /// Sends the answer to a claimed request. It is given back where that fails, also where the file that the answer's data set lies in cannot be
    /// read: the peer is to get another answer.
    /// </summary>
    private static DicomNetResult SendFinally<T>(
        PeerExchange exchange, DimseMessage request, DicomCommandStatusType status, T answer, Func<T, DicomNetResult> send)
    {
        DicomNetResult? result = null;
        try
        {
            result = send(answer);
            return result.Value;
        }
        finally
        {
            CloseClaimed(exchange, request, status, isQueued: result is { IsSuccess: true });
        }
    }

    private DicomNetResult Respond(PeerExchange? exchange, DimseMessage request, in DimseResponse response) => Attempt(
        exchange,
        (net: this, request, response),
        static (_, port, answer) => SendResults.Of(port.Send(
            answer.request.PresentationContextId,
            answer.net.Encode(answer.response.To(answer.request.Command)),
            answer.response.DataSet)));

    private ReadOnlyMemory<byte> Encode(CommandSet response)
    {
        var encoded = response.Encode();
        if (!WantsCommandSets)
        {
            return encoded;
        }

        using var editable = new DicomDataSet(
            EncodedDataSet.FromMemory(encoded, DicomTransferSyntax.ImplicitVRLittleEndian.Uid), meta: null);
        return Guard(nameof(OnBeforeSendCommandSet), (net: this, editable), static told => told.net.OnBeforeSendCommandSet(told.editable))
            ? HandMadeCommandSet.Encode(editable)
            : encoded;
    }

    private void AnswerIfNobodyDid(DicomRequestEventArgs question, DicomCommandStatusType status)
    {
        if (question.IsLeftOpen && (question.HasFailed || !IsServed(question)) && _exchange is { } exchange
            && (question.Message ?? exchange.Open.Find(question.PresentationID, question.MessageID)) is { } message)
        {
            // Who tried to answer supports the operation: it is the answer that went wrong.
            AnswerUnanswered(exchange, message, question.HasFailed ? DicomCommandStatusType.ProcessingFailure : status);
        }
    }

    private void AnswerUnanswered(PeerExchange exchange, DimseMessage message, DicomCommandStatusType status)
    {
        if (Answer(exchange, message, status) && !status.IsSuccess())
        {
            FacadeLog.RequestUnanswered(_log, Peer, message.Command.CommandField.ToString(), $"{(int)status:X4}H");
        }
    }

    /// <summary>Answers, unless the application has.</summary>
    private bool Answer(PeerExchange exchange, DimseMessage message, DicomCommandStatusType status, DicomStatusDetail? detail = null)
    {
        if (!exchange.Open.TryClaim(message))
        {
            return false;
        }

        try
        {
            SendOwnAnswer(exchange, message, status, detail);
            message.Operation.TellAnswered(status);
        }
        finally
        {
            exchange.Open.Close(message);
        }

        return true;
    }

    /// <summary>A message id in use is taken to be the peer's slip (PS3.7 §9.1.1.1.1): the request that has it is not touched.</summary>
    private void RefuseDuplicate(PeerExchange exchange, DimseMessage message)
    {
        using (message)
        {
            SendOwnAnswer(exchange, message, DicomCommandStatusType.DuplicateInvocation);
            message.Operation.TellAnswered(DicomCommandStatusType.DuplicateInvocation);
        }
    }

    /// <summary>The operation is not one of those agreed on, which is what 0211H says (PS3.7 Annex C).</summary>
    private void RefuseWithoutRole(PeerExchange exchange, DimseMessage message)
    {
        using (message)
        {
            if (!exchange.HasToldOfRole)
            {
                exchange.HasToldOfRole = true;
                FacadeLog.RequestWithoutRole(_log, Peer, message.Command.CommandField.ToStandardName());
            }

            SendOwnAnswer(exchange, message, DicomCommandStatusType.UnrecognizedOperation);
            message.Operation.TellAnswered(DicomCommandStatusType.UnrecognizedOperation);
        }
    }

    /// <summary>Its data set could not be kept, or is longer than it may be: an honest fault of a peer's, that needs no stack trace.</summary>
    private void RefuseWithoutDataSet(PeerExchange exchange, DimseMessage message, Exception fault)
    {
        if (fault is DicomRefusalException refused)
        {
            // By a handler, when the data set began, or when too much of it had come.
            exchange.Telemetry.TellDataSetRefused("handler");
            Answer(exchange, message, refused.Status, refused.Detail);
            return;
        }

        var status = StatusOf(fault, message.Command.CommandField);
        exchange.Telemetry.TellDataSetRefused(fault is DataSetTooLongException ? "too_long" : "not_kept");
        if (fault is DataSetTooLongException)
        {
            FacadeLog.DataSetTooLong(
                _log, Peer, message.Command.CommandField.ToStandardName(), $"{(int)status:X4}H", fault.Message);
        }
        else
        {
            FacadeLog.DataSetNotKept(_log, fault, Peer, $"{(int)status:X4}H");
        }

        Answer(exchange, message, status);
    }

    /// <summary>An answer that cannot be queued must not leave the peer waiting for ever: then the association ends.</summary>
    private void SendOwnAnswer(
        PeerExchange exchange, DimseMessage message, DicomCommandStatusType status, DicomStatusDetail? detail = null)
    {
        var answer = WithDetail(CommandSet.ResponseTo(message.Command, status), detail);
        if (exchange.Port is { } port
            && port.Send(message.PresentationContextId, answer.Encode(), null) is SendOutcome.QueueFull or SendOutcome.PeerMaximumTooSmall)
        {
            FacadeLog.AnswerNotSent(_log, Peer);
            port.Abort(AAbort.ByProvider(AbortReason.NotSpecified));
        }
    }

    /// <summary>A detail that does not fit is left out: the status is what the peer waits for.</summary>
    private CommandSet WithDetail(CommandSet answer, DicomStatusDetail? detail)
    {
        try
        {
            return detail?.AddTo(answer) ?? answer;
        }
        catch (ArgumentException fault)
        {
            FacadeLog.AnswerNotPossible(_log, Peer, fault.Message);
            return answer;
        }
    }

    /// <summary>The request that a hand-made command set is the final response to, claimed; null when it is none.</summary>
    private static DimseMessage? ClaimAnswered(PeerExchange exchange, byte presentationID, DicomDataSet cs) =>
        cs.TryGetInt32(CommandTag.MessageIdBeingRespondedTo, out var messageID)
            && cs.TryGetInt32(CommandTag.CommandField, out var field)
            && cs.TryGetInt32(CommandTag.Status, out var status)
            && ((CommandField)field).IsFinal((DicomCommandStatusType)status)
            && exchange.Open.Find(presentationID, messageID) is { } request
            && request.Command.CommandField.ToResponse() == (CommandField)field
            && exchange.Open.TryClaim(request) ? request : null;

    private static DicomCommandStatusType StatusOf(DicomDataSet cs) =>
        cs.TryGetInt32(CommandTag.Status, out var status) ? (DicomCommandStatusType)status : DicomCommandStatusType.ProcessingFailure;

    /// <summary>The answer to a claimed request was sent; or not, and then it may be tried again.</summary>
    private static void CloseClaimed(PeerExchange exchange, DimseMessage message, DicomCommandStatusType status, bool isQueued)
    {
        if (isQueued)
        {
            message.Operation.TellAnswered(status);
            exchange.Open.Close(message);
        }
        else
        {
            exchange.Open.GiveBack(message);
        }
    }

    /// <summary>
    /// What a data set that could not be kept is answered with: a full disk is ours, what no file can name is the peer's (PS3.4 §B.2.3,
    /// §C.4.1.1.4, §C.4.2.1.5, §C.4.3.1.4; PS3.7 §10.1).
    /// </summary>
    internal static DicomCommandStatusType StatusOf(Exception fault, CommandField request) => (fault, request) switch
    {
        (InvalidOperationException, _) when NeedsDataSet(request) => DicomCommandStatusType.CannotUnderstand,
        (_, CommandField.CStoreRq or CommandField.CFindRq) => DicomCommandStatusType.OutOfResources,
        (_, CommandField.CGetRq or CommandField.CMoveRq) => DicomCommandStatusType.UnableToCalculateMatches,
        _ => DicomCommandStatusType.ResourceLimitation,
    };
}
