using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>The machine's effects, in their order (see <see cref="UpperLayerEffects"/>), under the gate.</summary>
internal sealed partial class AssociationDriver
{
    private void Queue(UpperLayerTransition transition, object? pdu, AbortReason reason)
    {
        var effects = transition.Effects;
        if (effects.HasFlag(UpperLayerEffects.StopArtim))
        {
            _timer.Stop(Deadline.Artim);
        }

        if (transition.Action == UpperLayerAction.AA2 && pdu is TimeoutException late)
        {
            _end ??= new(AssociationEndKind.ArtimExpired, late);
        }

        QueuePdus(effects, pdu, reason);
        StartTimers(transition);
        QueueIndications(transition, pdu, reason);
    }

    private void QueuePdus(UpperLayerEffects effects, object? pdu, AbortReason reason)
    {
        const UpperLayerEffects Sending = UpperLayerEffects.SendAssociateRq | UpperLayerEffects.SendAssociateAc
            | UpperLayerEffects.SendAssociateRj | UpperLayerEffects.SendPData | UpperLayerEffects.SendReleaseRq
            | UpperLayerEffects.SendReleaseRp | UpperLayerEffects.SendAbort | UpperLayerEffects.SendProviderAbort;
        var item = (effects & Sending) switch
        {
            UpperLayerEffects.None => null,
            UpperLayerEffects.SendAssociateRq or UpperLayerEffects.SendAssociateAc or UpperLayerEffects.SendPData => (OutgoingItem)pdu!,
            UpperLayerEffects.SendAssociateRj => OutgoingPdu.Of((AAssociateRj)pdu!),
            UpperLayerEffects.SendReleaseRq => OutgoingPdu.ReleaseRq(),
            UpperLayerEffects.SendReleaseRp => OutgoingPdu.ReleaseRp(),
            UpperLayerEffects.SendAbort => LastWord(pdu is AAbort given ? given : AAbort.ByUser),
            UpperLayerEffects.SendProviderAbort => LastWord(AAbort.ByProvider(reason)),
            _ => throw new InvalidOperationException($"No transition sends more than one PDU, but this one wants {effects}."),
        };
        if (item is not null)
        {
            _sending.TryEnqueue(item, mandatory: true);
        }
    }

    /// <summary>An A-ABORT goes ahead of everything that waits.</summary>
    private OutgoingPdu LastWord(AAbort abort)
    {
        _sending.DropWaiting();
        _end ??= new(AssociationEndKind.Aborted);
        return OutgoingPdu.Of(abort);
    }

    private void QueueIndications(UpperLayerTransition transition, object? pdu, AbortReason reason)
    {
        const UpperLayerEffects Indicating = UpperLayerEffects.IndicateAssociate | UpperLayerEffects.ConfirmAccept
            | UpperLayerEffects.ConfirmReject | UpperLayerEffects.IndicateRelease | UpperLayerEffects.ConfirmRelease
            | UpperLayerEffects.IndicateAbort | UpperLayerEffects.IndicateProviderAbort;
        switch (transition.Effects & Indicating)
        {
            case UpperLayerEffects.IndicateAssociate:
                _request = (AAssociateRq)pdu!;
                _callbacks.Enqueue(new(IndicationKind.AssociateRequest, pdu));
                break;
            case UpperLayerEffects.ConfirmAccept:
                _callbacks.Enqueue(new(IndicationKind.AssociateAccept, pdu));
                break;
            case UpperLayerEffects.ConfirmReject:
                _callbacks.Enqueue(new(IndicationKind.AssociateReject, pdu));
                break;
            case UpperLayerEffects.IndicateRelease:
                _callbacks.Enqueue(new(IndicationKind.ReleaseRequest));
                break;
            case UpperLayerEffects.ConfirmRelease:
                _callbacks.Enqueue(new(IndicationKind.ReleaseResponse));
                break;
            case UpperLayerEffects.IndicateAbort:
                _end ??= new(AssociationEndKind.Aborted);
                _callbacks.Enqueue(new(IndicationKind.Abort, pdu));
                break;
            case UpperLayerEffects.IndicateProviderAbort when transition.Action == UpperLayerAction.AA4:
                // No PDU brought this A-P-ABORT: OnClosed tells it, with the reason.
                _end ??= new(AssociationEndKind.ConnectionLost, pdu as Exception);
                break;
            case UpperLayerEffects.IndicateProviderAbort:
                _callbacks.Enqueue(new(IndicationKind.Abort, AAbort.ByProvider(reason)));
                break;
        }
    }
}
