using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>What the pump brings: PDUs become events, PDVs become messages.</summary>
internal sealed partial class AssociationDriver
{
    /// <summary>
    /// What a read reserves once the association stands: four of the largest PDUs, so that one seldom has to be moved to become
    /// whole, within bounds: below, system calls cost more than the memory; above, it leaves the processor's cache (both measured).
    /// </summary>
    private const int SmallestReadBuffer = 64 * 1024, LargestReadBuffer = 512 * 1024;

    private PduLimits _limits;
    private DimseMessage? _arriving;

    public bool IsReceiving => !_assembler.IsIdle;

    bool IPduReceiver.Accepts(PduHeader header)
    {
        try
        {
            PduReader.Check(header, _limits);
            return true;
        }
        catch (PduException fault)
        {
            if (fault.Reason == AbortReason.UnrecognizedPdu)
            {
                Indicate(new(IndicationKind.UnknownPdu, Type: (PduType)header.Type));
            }

            OnFault(fault.Reason, fault.Message);
            return false;
        }
    }

    void IPduReceiver.OnPdu(PduHeader header, ReadOnlyMemory<byte> pdu)
    {
        LiftReceiveDeadline();
        CountReceived(header);
        if (_finished)
        {
            _pump.Discard();
            return;
        }

        if (_machine.State is UpperLayerState.Sta1 or UpperLayerState.Sta4)
        {
            // Not even the request that another thread may be about to send: the peer cannot have read it.
            OnFault(AbortReason.UnexpectedPdu, "A PDU came before this side had asked for an association: it answers nothing.");
            return;
        }

        if (_handler.WantsPdus)
        {
            Indicate(new(IndicationKind.Pdu, pdu.ToArray(), (PduType)header.Type));
        }

        try
        {
            Handle((PduType)header.Type, pdu[PduHeader.Size..]);
        }
        catch (PduException fault)
        {
            OnFault(fault.Reason, fault.Message);
        }
        catch (DimseException fault)
        {
            OnFault(AbortReason.InvalidParameterValue, fault.Message);
        }
        catch (DataSetTooLongException fault)
        {
            // No fault of the protocol: the application wants to read no further.
            _telemetry.TellDataSetRefused("too_long");
            OnFault(AbortReason.NotSpecified, fault.Message);
        }
    }

    void IPduReceiver.OnBatchDelivered() => _callbacks.Drain();

    private void Handle(PduType type, ReadOnlyMemory<byte> body)
    {
        switch (type)
        {
            case PduType.PDataTf:
                HandleData(PduReader.ReadPData(body));
                break;
            case PduType.AAssociateRq:
                HandleRequest(PduReader.ReadAssociateRq(body.Span, _limits));
                break;
            case PduType.AAssociateAc:
                HandleAccept(PduReader.ReadAssociateAc(body.Span, _limits));
                break;
            case PduType.AAssociateRj:
                Step(UpperLayerEvent.Evt4, PduReader.ReadAssociateRj(body.Span));
                break;
            case PduType.AReleaseRq:
                Step(UpperLayerEvent.Evt12);
                break;
            case PduType.AReleaseRp:
                HandleReleaseRp();
                break;
            case PduType.AAbort:
                Step(UpperLayerEvent.Evt16, PduReader.ReadAbort(body.Span));
                break;
        }
    }

    private void HandleRequest(AAssociateRq request)
    {
        var refusal = AssociateRequestCheck.RefusalOf(request);
        if (refusal is { } rejected)
        {
            AssociationLog.RequestRefused(_log, Peer, rejected.Result, rejected.Source, rejected.Reason);
        }

        if (_machine.State == UpperLayerState.Sta2)
        {
            TellRequested(request);
        }

        Step(UpperLayerEvent.Evt6, (object?)refusal ?? request, acceptable: refusal is null);
    }

    private void HandleAccept(AAssociateAc accept)
    {
        NegotiatedParameters? agreed = null;
        if (_machine.State == UpperLayerState.Sta5)
        {
            agreed = NegotiatedParameters.Of(_request!, accept, _role);
            if (AgreedInformation.ExcessOf(_request!.UserInformation, accept.UserInformation) is { } excess)
            {
                AssociationLog.ExcessIgnored(_log, Peer, excess);
            }
        }

        Step(UpperLayerEvent.Evt3, accept, agreed: agreed);
    }

    /// <summary>From now on the negotiated limits hold.</summary>
    private void Agree(NegotiatedParameters parameters)
    {
        _parameters = parameters;
        _request = null;
        _limits = _limits with { MaximumDataLength = parameters.OwnMaximumLength };
        _pump.BufferSize = parameters.OwnMaximumLength == 0
            ? LargestReadBuffer
            : (int)Math.Clamp(4L * parameters.OwnMaximumLength, SmallestReadBuffer, LargestReadBuffer);
    }

    private void HandleReleaseRp()
    {
        if (Step(UpperLayerEvent.Evt13).Next == UpperLayerState.Sta12 && _respondsLater)
        {
            Step(UpperLayerEvent.Evt14);
        }
    }

    private void HandleData(PDataTf data)
    {
        if (!Step(UpperLayerEvent.Evt10).Effects.HasFlag(UpperLayerEffects.IndicateData))
        {
            return;
        }

        foreach (var pdv in data)
        {
            Take(pdv);
        }

        StartMessageDeadline();
    }

    private void Take(in PresentationDataValue pdv)
    {
        var context = _parameters!.Find(pdv.ContextId) ?? throw new PduException(
            AbortReason.UnexpectedParameter,
            $"A PDV came in presentation context {pdv.ContextId}, which was not accepted.");
        switch (_assembler.Add(pdv))
        {
            case DimseStep.CommandComplete:
                TakeWithoutDataSet(new(context, _assembler.Command!, _assembler.CommandBytes));
                break;
            case DimseStep.CommandCompleteDataFollows:
                BeginDataSet(context);
                break;
            case DimseStep.DataFragment:
                Append(pdv);
                break;
            case DimseStep.LastDataFragment:
                Append(pdv);
                LiftMessageDeadline();
                Indicate(new(IndicationKind.Message, _arriving));
                _arriving = null;
                break;
        }
    }

    private void Append(in PresentationDataValue pdv)
    {
        var incoming = _arriving!.Incoming!;
        incoming.Append(pdv.Fragment, _pump.Array);
        if (_options.AbortsOnDataSetLength && incoming.Fault is DataSetTooLongException tooLong)
        {
            throw tooLong;
        }
    }

    private void TakeWithoutDataSet(DimseMessage message)
    {
        LiftMessageDeadline();
        if (message.Command.CommandField == CommandField.CCancelRq)
        {
            _handler.OnCancelArrived(message);
        }

        BeginOperation(message);
        Indicate(new(IndicationKind.Message, message));
    }

    private void BeginDataSet(NegotiatedContext context)
    {
        var command = _assembler.Command!;
        _arriving = new(context, command, _assembler.CommandBytes) { Incoming = new(command, context, _options.Spool) };
        BeginOperation(_arriving);
        if (_handler.WantsDataStarting)
        {
            _arriving.Incoming.AwaitDecision();
            PauseReceiving(PauseReasons.Decision);
            Indicate(new(IndicationKind.DataStarting, _arriving));
        }
    }

    /// <summary>The peer broke the protocol: the machine answers (Evt19), and nothing it still sends is looked at.</summary>
    private void OnFault(AbortReason reason, string message)
    {
        AssociationLog.PeerFault(_log, Peer, _machine.State.ToString(), message);
        _pump.Discard();
        BreakOff(reason);
    }

    private void BreakOff(AbortReason reason)
    {
        if (Step(UpperLayerEvent.Evt19, reason: reason).Action != UpperLayerAction.None)
        {
            CloseWhenSent();
            return;
        }

        // A requestor that has not asked for anything yet: the machine has nothing to abort, and no timer would end this.
        EndAs(AssociationEndKind.Aborted);
        Finish();
    }
}
