using System.Buffers;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>From the peer to the hosted code: PDUs that are whole, right, and in their place.</summary>
internal sealed partial class AssociationGuard
{
    private const UpperLayerEffects Indicating = UpperLayerEffects.IndicateAssociate | UpperLayerEffects.IndicateData
        | UpperLayerEffects.IndicateRelease | UpperLayerEffects.ConfirmRelease | UpperLayerEffects.IndicateAbort;

    private readonly SemaphoreSlim _receiving = new(1);
    private PduLimits _limits;
    private long _dataSetLength;
    private bool _answersReleaseLater;

    /// <summary>The next PDU that the hosted code is to see, in an array of the pool, which the caller gives back.</summary>
    /// <param name="cancellationToken">Ends the wait for its first byte. One that has begun is read to its end: it has a time limit.</param>
    /// <returns>The PDU; nothing where no more will come.</returns>
    /// <exception cref="IOException">The connection is broken.</exception>
    public async ValueTask<ArraySegment<byte>> NextPduAsync(CancellationToken cancellationToken)
    {
        await _receiving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return IsOver ? default : await ReadUntilOneIsToPassAsync(cancellationToken).ConfigureAwait(false);
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
            _telemetry.TellDataSetRefused("too_long");
            OnFault(AbortReason.NotSpecified, fault.Message);
        }
        catch (OperationCanceledException) when (IsOver)
        {
            // It ended while the next PDU was awaited.
        }
        catch (IOException) when (IsOver)
        {
            // So did the connection.
        }
        catch (IOException error)
        {
            OnEndOfStream(error);
            throw;
        }
        finally
        {
            _receiving.Release();
        }

        return default;
    }

    private async ValueTask<ArraySegment<byte>> ReadUntilOneIsToPassAsync(CancellationToken cancellationToken)
    {
        while (!IsOver)
        {
            var pdu = await ReadPduAsync(cancellationToken).ConfigureAwait(false);
            if (pdu.Count == 0)
            {
                OnEndOfStream(error: null);
                return default;
            }

            if (_handler.WantsPdus)
            {
                await _handler.OnPduAsync((PduType)pdu[0], pdu.ToArray()).ConfigureAwait(false);
            }

            if (Passes(pdu))
            {
                return pdu;
            }

            ArrayPool<byte>.Shared.Return(pdu.Array!);
        }

        return default;
    }

    /// <summary>Puts a PDU to the machine.</summary>
    /// <returns>Whether the hosted code is to see it.</returns>
    private bool Passes(ArraySegment<byte> pdu)
    {
        var body = pdu.AsMemory(PduHeader.Size);
        switch ((PduType)pdu[0])
        {
            case PduType.AAssociateRq:
                return PassesRequest(PduReader.ReadAssociateRq(body.Span, _limits));
            case PduType.PDataTf:
                return Passes(UpperLayerEvent.Evt10) && PassesData(PduReader.ReadPData(body));
            case PduType.AReleaseRq:
                return Passes(UpperLayerEvent.Evt12);
            case PduType.AReleaseRp:
                return PassesReleaseRp();
            case PduType.AAbort:
                EndAs(AssociationEndKind.Aborted);
                _telemetry.TellAborted(isLocal: false, byProvider: PduReader.ReadAbort(body.Span).Source != 0);
                return Passes(UpperLayerEvent.Evt16);
            default:
                return Passes(pdu[0] == (byte)PduType.AAssociateAc ? UpperLayerEvent.Evt3 : UpperLayerEvent.Evt4);
        }
    }

    private bool Passes(UpperLayerEvent evt)
    {
        var effects = Step(evt).Effects;
        if (effects.HasFlag(UpperLayerEffects.SendAbort) || effects.HasFlag(UpperLayerEffects.SendProviderAbort))
        {
            AssociationLog.PeerFault(_log, Peer, _machine.State.ToString(), "A PDU came where it has no place.");
            SayAbort(effects, AbortReason.UnexpectedPdu);
        }

        return (effects & Indicating) != 0;
    }

    private bool PassesRequest(AAssociateRq request)
    {
        if (_machine.State != UpperLayerState.Sta2)
        {
            return Passes(UpperLayerEvent.Evt6);
        }

        _request = request;
        if (_telemetry.WantsTitles)
        {
            _telemetry.TellRequested(
                PeerText.Escape(request.CallingAETitle), PeerText.Escape(request.CalledAETitle), _connection.LocalEndPoint, Peer);
        }

        if (AssociateRequestCheck.RefusalOf(request) is not { } refusal)
        {
            return Passes(UpperLayerEvent.Evt6);
        }

        AssociationLog.RequestRefused(_log, Peer, refusal.Result, refusal.Source, refusal.Reason);
        _telemetry.TellRejected(refusal.Result, refusal.Source, refusal.Reason);
        Step(UpperLayerEvent.Evt6, acceptable: false);
        SayLast(OutgoingPdu.Of(refusal));
        return false;
    }

    private bool PassesReleaseRp()
    {
        var passes = Passes(UpperLayerEvent.Evt13);
        if (_answersReleaseLater && _machine.State == UpperLayerState.Sta12)
        {
            Say(UpperLayerEvent.Evt14, OutgoingPdu.ReleaseRp());
        }

        return passes;
    }

    private bool PassesData(PDataTf data)
    {
        var values = 0;
        var isCancel = false;
        foreach (var pdv in data)
        {
            if (_parameters?.Find(pdv.ContextId) is null)
            {
                throw new PduException(
                    AbortReason.UnexpectedParameter, $"A PDV came in presentation context {pdv.ContextId}, which was not accepted.");
            }

            values++;
            var step = _assembler.Add(pdv);
            CountData(step, pdv.Fragment.Length);
            isCancel = step == DimseStep.CommandComplete && _assembler.Command!.CommandField == CommandField.CCancelRq;
        }

        if (_assembler.IsIdle)
        {
            OnMessageEnded();
        }

        return !(isCancel && values == 1 && !_layer.TakesCancels);
    }

    private void CountData(DimseStep step, int length)
    {
        var isData = step is DimseStep.DataFragment or DimseStep.LastDataFragment;
        _dataSetLength = isData ? _dataSetLength + length : 0;
        if (_options.Spool.MaximumLength > 0 && _dataSetLength > _options.Spool.MaximumLength)
        {
            throw new DataSetTooLongException(_options.Spool.MaximumLength);
        }
    }

    private void OnEndOfStream(Exception? error)
    {
        AssociationLog.PeerClosed(_log, Peer, _machine.State.ToString(), midPdu: false, error?.Message);
        if (_machine.State != UpperLayerState.Sta2 && !IsOver)
        {
            EndAs(AssociationEndKind.ConnectionLost, error);
        }

        Step(UpperLayerEvent.Evt17);
    }

    private void OnFault(AbortReason reason, string message)
    {
        AssociationLog.PeerFault(_log, Peer, _machine.State.ToString(), message);
        BreakOff(reason);
    }

    private void BreakOff(AbortReason reason) => SayAbort(Step(UpperLayerEvent.Evt19).Effects, reason);
}
