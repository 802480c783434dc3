using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>What the association tells of itself, for metrics and traces: never under the gate, since a listener's code runs.</summary>
internal sealed partial class AssociationDriver : IObservedQueues
{
    void IObservedQueues.AddTo(ref QueueLengths lengths)
    {
        lengths.Callbacks += _callbacks.Count;
        lengths.Unsent += _sending.Count;
    }

    void ISendObserver.OnWriting(ReadOnlySpan<byte> pdus)
    {
        if (!_telemetry.CountsTraffic)
        {
            return;
        }

        while (PduHeader.TryRead(pdus, out var header))
        {
            var length = PduHeader.Size + (int)header.Length;
            _telemetry.Count(isSent: true, PduSummary.NameOf(header.Type), length);
            pdus = pdus[length..];
        }
    }

    private void CountReceived(PduHeader header)
    {
        if (_telemetry.CountsTraffic)
        {
            _telemetry.Count(isSent: false, PduSummary.NameOf(header.Type), PduHeader.Size + header.Length);
        }
    }

    private void TellRequested(AAssociateRq request)
    {
        if (_telemetry.WantsTitles)
        {
            _telemetry.TellRequested(
                PeerText.Escape(request.CallingAETitle), PeerText.Escape(request.CalledAETitle), _connection.LocalEndPoint, Peer);
        }
    }

    private void TellOfTransition(UpperLayerTransition transition, object? pdu)
    {
        const UpperLayerEffects Told = UpperLayerEffects.SendAssociateRj | UpperLayerEffects.ConfirmReject | UpperLayerEffects.SendAbort
            | UpperLayerEffects.SendProviderAbort | UpperLayerEffects.IndicateAbort;
        switch (transition.Effects & Told)
        {
            case UpperLayerEffects.SendAssociateRj or UpperLayerEffects.ConfirmReject:
                var reject = (AAssociateRj)pdu!;
                _telemetry.TellRejected(reject.Result, reject.Source, reject.Reason);
                break;
            case UpperLayerEffects.SendAbort:
                _telemetry.TellAborted(isLocal: true, byProvider: pdu is AAbort { Source: not 0 });
                break;
            case UpperLayerEffects.SendProviderAbort:
                _telemetry.TellAborted(isLocal: true, byProvider: true);
                break;
            case UpperLayerEffects.IndicateAbort:
                _telemetry.TellAborted(isLocal: false, byProvider: ((AAbort)pdu!).Source != 0);
                break;
        }
    }

    /// <summary>When its command set is there: the arrival of its data set is part of it.</summary>
    private void BeginOperation(DimseMessage message)
    {
        var field = message.Command.CommandField;
        if (_telemetry.WantsOperations && !field.IsResponse() && field != CommandField.CCancelRq)
        {
            message.Operation = _telemetry.BeginOperation(new(
                field.ToServiceName(), IsPerformed: true, message.PresentationContextId, message.MessageId, PeerText.Escape(message.SopClass)));
        }
    }

    /// <summary>The end in a word, for attributes; null: in order.</summary>
    internal static string? WordOf(AssociationEndKind kind) => kind switch
    {
        AssociationEndKind.Orderly => null,
        AssociationEndKind.Aborted => "aborted",
        AssociationEndKind.ConnectionLost => "connection_lost",
        AssociationEndKind.ArtimExpired => "artim_timeout",
        AssociationEndKind.PduTimeout => "pdu_timeout",
        AssociationEndKind.ReceiveTimeout => "receive_timeout",
        AssociationEndKind.SendTimeout => "send_timeout",
        AssociationEndKind.MessageTimeout => "message_timeout",
        AssociationEndKind.IdleTimeout => "idle_timeout",
        _ => "failure",
    };

    internal static string WordOf(Deadline deadline) => deadline switch
    {
        Deadline.Artim => "artim",
        Deadline.Receive => "receive",
        Deadline.Message => "message",
        Deadline.Idle => "idle",
        _ => "send",
    };
}
