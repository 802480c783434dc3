using System.Collections.Frozen;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The way of every received DIMSE message to its callback.</summary>
public partial class DicomNet
{
    private static readonly FrozenDictionary<CommandField, ServiceCallback> ServiceCallbacks = new Dictionary<CommandField, ServiceCallback>
    {
        [CommandField.CEchoRq] = new(nameof(OnReceiveCEchoRequest), static (net, message) => net.TellCEchoRequest(message)),
        [CommandField.CEchoRsp] = new(nameof(OnReceiveCEchoResponse), static (net, message) => net.TellCEchoResponse(message)),
        [CommandField.CStoreRq] = new(nameof(OnReceiveCStoreRequest), static (net, message) => net.TellCStoreRequest(message)),
        [CommandField.CStoreRsp] = new(nameof(OnReceiveCStoreResponse), static (net, message) => net.TellCStoreResponse(message)),
        [CommandField.CFindRq] = new(nameof(OnReceiveCFindRequest), static (net, message) => net.TellCFindRequest(message)),
        [CommandField.CFindRsp] = new(nameof(OnReceiveCFindResponse), static (net, message) => net.TellCFindResponse(message)),
        [CommandField.CGetRq] = new(nameof(OnReceiveCGetRequest), static (net, message) => net.TellCGetRequest(message)),
        [CommandField.CGetRsp] = new(nameof(OnReceiveCGetResponse), static (net, message) => net.TellCGetResponse(message)),
        [CommandField.CMoveRq] = new(nameof(OnReceiveCMoveRequest), static (net, message) => net.TellCMoveRequest(message)),
        [CommandField.CMoveRsp] = new(nameof(OnReceiveCMoveResponse), static (net, message) => net.TellCMoveResponse(message)),
        [CommandField.NEventReportRq] = new(nameof(OnReceiveNReportRequest), static (net, message) => net.TellNReportRequest(message)),
        [CommandField.NEventReportRsp] = new(nameof(OnReceiveNReportResponse), static (net, message) => net.TellNReportResponse(message)),
        [CommandField.NGetRq] = new(nameof(OnReceiveNGetRequest), static (net, message) => net.TellNGetRequest(message)),
        [CommandField.NGetRsp] = new(nameof(OnReceiveNGetResponse), static (net, message) => net.TellNGetResponse(message)),
        [CommandField.NSetRq] = new(nameof(OnReceiveNSetRequest), static (net, message) => net.TellNSetRequest(message)),
        [CommandField.NSetRsp] = new(nameof(OnReceiveNSetResponse), static (net, message) => net.TellNSetResponse(message)),
        [CommandField.NActionRq] = new(nameof(OnReceiveNActionRequest), static (net, message) => net.TellNActionRequest(message)),
        [CommandField.NActionRsp] = new(nameof(OnReceiveNActionResponse), static (net, message) => net.TellNActionResponse(message)),
        [CommandField.NCreateRq] = new(nameof(OnReceiveNCreateRequest), static (net, message) => net.TellNCreateRequest(message)),
        [CommandField.NCreateRsp] = new(nameof(OnReceiveNCreateResponse), static (net, message) => net.TellNCreateResponse(message)),
        [CommandField.NDeleteRq] = new(nameof(OnReceiveNDeleteRequest), static (net, message) => net.TellNDeleteRequest(message)),
        [CommandField.NDeleteRsp] = new(nameof(OnReceiveNDeleteResponse), static (net, message) => net.TellNDeleteResponse(message)),
    }.ToFrozenDictionary();

    // The message whose callback runs: callbacks come one at a time.
    private DimseMessage? _told;

    /// <summary>
    /// What else the peer says of the status of the response whose OnReceive…Response runs; <see cref="DicomStatusDetail.None"/> outside of
    /// one.
    /// </summary>
    protected DicomStatusDetail StatusDetail =>
        _told is { } told && told.Command.CommandField.IsResponse() ? DicomStatusDetail.Of(told.Command) : DicomStatusDetail.None;

    /// <summary>The request whose callback runs, if it has these ids; else null.</summary>
    internal DimseMessage? ToldRequest(byte presentationID, int messageID) =>
        _told is { } told && told.PresentationContextId == presentationID && told.MessageId == messageID ? told : null;

    /// <summary>
    /// Awaited after each message, before the next callback: who gives messages on to somebody slower holds the peer back by it, since what
    /// waits for its callback is bounded.
    /// </summary>
    internal virtual ValueTask CaughtUpAsync() => default;

    /// <summary>
    /// The connection has ended: told at once, beside the callbacks, so that none of them waits any longer for <see cref="CaughtUpAsync"/>.
    /// </summary>
    internal virtual void OnEnding()
    {
    }

    internal void TellMessage(PeerExchange exchange, DimseMessage message)
    {
        if (message.Command.CommandField.IsResponse())
        {
            TellResponse(exchange, message);
        }
        else if (message.Command.CommandField == CommandField.CCancelRq)
        {
            TellCancel(exchange, message);
        }
        else
        {
            TellRequest(exchange, message);
        }
    }

    /// <summary>Whether a request is refused before anybody is asked: then nobody is to make room for its data set either.</summary>
    internal bool IsRefusedUnasked(PeerExchange exchange, DimseMessage message) =>
        !message.Command.CommandField.IsResponse() && (LacksRole(exchange, message) || exchange.Open.IsInUse(message.MessageId));

    private bool LacksRole(PeerExchange exchange, DimseMessage message) =>
        exchange.Agreement?.Operations.PeerMayInvoke(message.PresentationContextId, message.Command.CommandField) is false
        && !_options.AllowsUnagreedRoles;

    private void TellRequest(PeerExchange exchange, DimseMessage message)
    {
        using var current = OperationTelemetry.Enter(message.Operation);
        if (LacksRole(exchange, message))
        {
            RefuseWithoutRole(exchange, message);
        }
        else if (!exchange.Open.TryAdd(message))
        {
            RefuseDuplicate(exchange, message);
        }
        else if (message.DataSetFault is { } fault)
        {
            RefuseWithoutDataSet(exchange, message, fault);
        }
        else if (message.Incoming is null && NeedsDataSet(message.Command.CommandField))
        {
            // Its command set says that no data set follows: there is nothing to store or to look for (PS3.4 §B.2.3, §C.4, C000H).
            AnswerUnanswered(exchange, message, DicomCommandStatusType.CannotUnderstand);
        }
        else if (!Tell(exchange, message))
        {
            Answer(exchange, message, DicomCommandStatusType.ProcessingFailure);
        }
    }

    /// <summary>A response asks for nothing: its data set lives until its callbacks have returned.</summary>
    private void TellResponse(PeerExchange exchange, DimseMessage message)
    {
        using (message)
        {
            if (message.DataSetFault is { } fault)
            {
                FacadeLog.ResponseDataSetNotKept(_log, fault, Peer);
            }

            var isFinal = message.Command.CommandField.IsFinal(message.Status);
            if (exchange.SentSoFar?.Answer(message.MessageId, message.Command.CommandField, message.Status) is true)
            {
                exchange.Handlers?.TellResponse(message);
                Tell(exchange, message);
            }
            else
            {
                TellData(message);
                ReportUnexpected(exchange, message);
            }

            if (isFinal)
            {
                exchange.SentSoFar?.SendWaiting();
            }
        }
    }

    /// <summary>Nobody asked for it: to take it for the answer to another request would tell of a success that never was.</summary>
    private void ReportUnexpected(PeerExchange exchange, DimseMessage message)
    {
        if (!exchange.HasToldOfUnexpected)
        {
            exchange.HasToldOfUnexpected = true;
            FacadeLog.ResponseUnexpected(_log, Peer, message.Command.ToString());
        }
    }

    /// <returns>False when the callback of the message's service threw; OnReceiveData only watches, whatever comes of it.</returns>
    private bool Tell(PeerExchange exchange, DimseMessage message)
    {
        var field = message.Command.CommandField;
        TellData(message);

        // A request may have been answered already, by SendData.
        if (!field.IsResponse() && !exchange.Open.Contains(message))
        {
            return true;
        }

        if (!ServiceCallbacks.TryGetValue(field, out var callback))
        {
            return TellUnknownService(exchange, message);
        }

        _told = message;
        var isTold = Guard(callback.Name, (net: this, message, callback), static told => told.callback.Tell(told.net, told.message));
        _told = null;
        return isTold;
    }

    private void TellData(DimseMessage message)
    {
        if (WantsData)
        {
            Guard(
                nameof(OnReceiveData),
                (net: this, message),
                static told => told.net.OnReceiveData(told.message.PresentationContextId, told.message.CommandSet, told.message.DataSet));
        }
    }

    private bool TellUnknownService(PeerExchange exchange, DimseMessage message)
    {
        if (!message.Command.CommandField.IsResponse())
        {
            AnswerUnanswered(exchange, message, DicomCommandStatusType.UnrecognizedOperation);
        }

        return true;
    }

    internal static bool NeedsDataSet(CommandField field) =>
        field is CommandField.CStoreRq or CommandField.CFindRq or CommandField.CGetRq or CommandField.CMoveRq;

    private sealed record ServiceCallback(string Name, Action<DicomNet, DimseMessage> Tell);
}
