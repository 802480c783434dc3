using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>The way of every DIMSE message: received ones to their callback, requests kept until they are answered.</summary>
public partial class DicomNet
{
    private readonly OpenRequests _openRequests = new();

    internal bool HasTooManyOpenRequests => _openRequests.IsFull;

    internal void TellMessage(DimseMessage message)
    {
        if (message.Command.CommandField.IsResponse())
        {
            TellResponse(message);
            return;
        }

        if (message.Command.MessageId is null)
        {
            // C-CANCEL-RQ, the one request without an id of its own and without a response: nothing here can be cancelled yet.
            message.Dispose();
            return;
        }

        if (!_openRequests.TryAdd(message))
        {
            RefuseDuplicate(message);
        }
        else if (message.DataSetFault is { } fault)
        {
            var status = StatusOf(fault, message.Command.CommandField);
            FacadeLog.DataSetNotKept(_log, fault, Peer, $"{(int)status:X4}H");
            Answer(message, status);
        }
        else if (message is { Command.CommandField: CommandField.CStoreRq, Incoming: null })
        {
            // Its command set says that no data set follows: there is nothing to store (PS3.4 §B.2.3, C000H, cannot understand).
            AnswerUnanswered(message, DicomCommandStatusType.CannotUnderstand);
        }
        else if (!Tell(message))
        {
            Answer(message, DicomCommandStatusType.ProcessingFailure);
        }
    }

    /// <summary>A message id in use is taken to be the peer's slip (PS3.7 §9.1.1.1.1): the request that has it is not touched.</summary>
    private void RefuseDuplicate(DimseMessage message)
    {
        using (message)
        {
            SendOwnAnswer(message, DicomCommandStatusType.DuplicateInvocation);
        }
    }

    /// <summary>A response asks for nothing: its data set lives until its callbacks have returned.</summary>
    private void TellResponse(DimseMessage message)
    {
        using (message)
        {
            if (message.DataSetFault is { } fault)
            {
                FacadeLog.ResponseDataSetNotKept(_log, fault, Peer);
            }

            Tell(message);
        }
    }

    /// <returns>False when the callback of the message's service threw; OnReceiveData only watches, whatever comes of it.</returns>
    private bool Tell(DimseMessage message)
    {
        var field = message.Command.CommandField;
        if (WantsData)
        {
            Guard(
                nameof(OnReceiveData),
                (net: this, message),
                static told => told.net.OnReceiveData(told.message.PresentationContextId, told.message.CommandSet, told.message.DataSet));
        }

        // A request may have been answered already, by SendData.
        return (!field.IsResponse() && !_openRequests.Contains(message))
            || Guard(NameOfCallback(field), (net: this, message), static told => told.net.TellService(told.message));
    }

    private static string NameOfCallback(CommandField field) => field switch
    {
        CommandField.CEchoRq => nameof(OnReceiveCEchoRequest),
        CommandField.CEchoRsp => nameof(OnReceiveCEchoResponse),
        CommandField.CStoreRq => nameof(OnReceiveCStoreRequest),
        CommandField.CStoreRsp => nameof(OnReceiveCStoreResponse),
        _ => nameof(OnReceiveData),
    };

    private void TellService(DimseMessage message)
    {
        var command = message.Command;
        switch (command.CommandField)
        {
            case CommandField.CEchoRq:
                OnReceiveCEchoRequest(message.PresentationContextId, command.MessageId ?? 0, command.AffectedSopClassUid ?? "");
                break;
            case CommandField.CEchoRsp:
                OnReceiveCEchoResponse(
                    message.PresentationContextId, command.MessageIdBeingRespondedTo ?? 0, command.AffectedSopClassUid ?? "", StatusOf(command));
                break;
            case CommandField.CStoreRq:
                OnReceiveCStoreRequest(
                    message.PresentationContextId,
                    command.MessageId ?? 0,
                    command.AffectedSopClassUid ?? "",
                    command.AffectedSopInstanceUid ?? "",
                    command.Priority ?? DicomCommandPriorityType.Medium,
                    command.MoveOriginatorApplicationEntityTitle ?? "",
                    command.MoveOriginatorMessageId ?? 0,
                    message.DataSet);
                break;
            case CommandField.CStoreRsp:
                OnReceiveCStoreResponse(
                    message.PresentationContextId,
                    command.MessageIdBeingRespondedTo ?? 0,
                    command.AffectedSopClassUid ?? "",
                    command.AffectedSopInstanceUid ?? "",
                    StatusOf(command));
                break;
            case var other when !other.IsResponse():
                AnswerUnanswered(message, DicomCommandStatusType.UnrecognizedOperation);
                break;
        }
    }

    private void AnswerIfNobodyDid(DicomQuestionEventArgs question, byte presentationID, int messageID, DicomCommandStatusType status)
    {
        if (!question.Handled && _openRequests.Find(presentationID, messageID) is { } message)
        {
            AnswerUnanswered(message, status);
        }
    }

    private void AnswerUnanswered(DimseMessage message, DicomCommandStatusType status)
    {
        if (Answer(message, status) && !status.IsSuccess())
        {
            FacadeLog.RequestUnanswered(_log, Peer, message.Command.CommandField.ToString(), $"{(int)status:X4}H");
        }
    }

    /// <summary>Answers, unless the application has.</summary>
    private bool Answer(DimseMessage message, DicomCommandStatusType status)
    {
        if (!_openRequests.TryClaim(message))
        {
            return false;
        }

        SendOwnAnswer(message, status);
        message.Dispose();
        return true;
    }

    /// <summary>An answer that cannot be queued must not leave the peer waiting for ever: then the association ends.</summary>
    private void SendOwnAnswer(DimseMessage message, DicomCommandStatusType status)
    {
        var answer = CommandSet.ResponseTo(message.Command, status);
        if (_port?.Send(message.PresentationContextId, answer.Encode(), null) is SendOutcome.QueueFull or SendOutcome.PeerMaximumTooSmall)
        {
            FacadeLog.AnswerNotSent(_log, Peer);
            _port?.Abort(AAbort.ByProvider(AbortReason.NotSpecified));
        }
    }

    private DicomNetResult SendMessage(byte presentationID, int messageID, Func<ushort, CommandSet> make, DicomDataSet? dataSet = null)
    {
        if (!IsMessageId(messageID))
        {
            return Return(DicomExceptionCode.Parameter, $"A message id is 0 to 65535, not {messageID}.");
        }

        return Send(port => port.Send(presentationID, make((ushort)messageID).Encode(), dataSet));
    }

    /// <summary>Sends a response; if it is a final one, its request is closed and the request's data set disposed of.</summary>
    private DicomNetResult Respond(
        byte presentationID, int messageID, DicomCommandStatusType status, CommandField requestField, string affectedClass, string? instance)
    {
        var request = _openRequests.Find(presentationID, messageID);
        if (request?.Command.CommandField != requestField || (!status.IsPending() && !_openRequests.TryClaim(request)))
        {
            return Return(
                DicomExceptionCode.InvalidState,
                $"No {requestField} with message id {messageID} waits for an answer: it was answered before, or the connection has ended.");
        }

        var result = Attempt(
            (presentationID, request.Command, status, affectedClass, instance),
            static (port, answer) => port.Send(
                answer.presentationID, ResponseTo(answer.Command, answer.status, answer.affectedClass, answer.instance).Encode(), null));
        if (!status.IsPending())
        {
            CloseClaimed(request, result);
        }

        return Return(result);
    }

    /// <summary>The peer gets its own UID bytes back, unless the application answers with another UID.</summary>
    private static CommandSet ResponseTo(CommandSet request, DicomCommandStatusType status, string affectedClass, string? instance)
    {
        var response = CommandSet.ResponseTo(request, status);
        var isSame = response.AffectedSopClassUid == affectedClass && response.AffectedSopInstanceUid == instance;
        return isSame ? response : response with { AffectedSopClassUid = affectedClass, AffectedSopInstanceUid = instance };
    }

    /// <summary>The request that a hand-made command set is the final response to, claimed; null when it is none.</summary>
    private DimseMessage? ClaimAnswered(byte presentationID, DicomDataSet cs) =>
        cs.TryGetInt32(CommandTag.MessageIdBeingRespondedTo, out var messageID)
            && cs.TryGetInt32(CommandTag.CommandField, out var field)
            && cs.TryGetInt32(CommandTag.Status, out var status)
            && !((DicomCommandStatusType)status).IsPending()
            && _openRequests.Find(presentationID, messageID) is { } request
            && request.Command.CommandField.ToResponse() == (CommandField)field
            && _openRequests.TryClaim(request) ? request : null;

    /// <summary>The answer to a claimed request was sent; or not, and then it may be tried again.</summary>
    private void CloseClaimed(DimseMessage message, DicomNetResult result)
    {
        if (result.IsSuccess || !_openRequests.TryAdd(message))
        {
            message.Dispose();
        }
        else if (!_isConnected)
        {
            _openRequests.DisposeAll();
        }
    }

    private static bool IsMessageId(int messageID) => messageID is >= 0 and <= ushort.MaxValue;

    /// <summary>What a data set that could not be kept is answered with: a full disk is ours, what no file can name is the peer's.</summary>
    private static DicomCommandStatusType StatusOf(Exception fault, CommandField request) => (fault, request) switch
    {
        (InvalidOperationException, CommandField.CStoreRq) => DicomCommandStatusType.CannotUnderstand,
        (_, CommandField.CStoreRq) => DicomCommandStatusType.OutOfResources,
        _ => DicomCommandStatusType.ResourceLimitation,
    };

    private static DicomCommandStatusType StatusOf(CommandSet command) => command.Status ?? DicomCommandStatusType.ProcessingFailure;
}
