using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>To the peer: the hosted code's PDUs, where they have a place, and what the guard itself has to say.</summary>
internal sealed partial class AssociationGuard
{
    private readonly SemaphoreSlim _sending = new(1);
    private Task _lastWord = Task.CompletedTask;

    /// <summary>The longest PDU that the hosted code may send.</summary>
    public long MaximumSize => PduHeader.Size + Math.Max(_options.PduLimits.MaximumUnlimitedDataLength, _options.PduLimits.MaximumAssociateLength);

    /// <summary>Sends a whole PDU of the hosted code.</summary>
    /// <exception cref="IOException">The connection is broken, or the protocol has no place for it.</exception>
    public async ValueTask SendPduAsync(ReadOnlyMemory<byte> pdu, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Allow(pdu))
            {
                await SendInTimeAsync(pdu).ConfigureAwait(false);
                NoteActivity();
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The hosted code has ended, or closes: an association that is not over is aborted.</summary>
    public void Leave()
    {
        if (!IsOver)
        {
            Abort(AAbort.ByUser);
        }
    }

    /// <summary>The hosted code cuts the connection. Where the association is over, the guard sees to the last word.</summary>
    public void LeaveForced()
    {
        if (!IsOver)
        {
            CloseForced();
        }
    }

    /// <summary>What the hosted code wants to say becomes the wish that brings it forth.</summary>
    /// <returns>False: it is to be said later.</returns>
    private bool Allow(ReadOnlyMemory<byte> pdu)
    {
        var type = (PduType)pdu.Span[0];
        if (type == PduType.AReleaseRp && _machine.State == UpperLayerState.Sta10)
        {
            // Release collision: the acceptor answers when it has been answered (PS3.8 §7.2.2.7).
            _answersReleaseLater = true;
            return false;
        }

        var state = _machine.State;
        var isAllowed = type switch
        {
            PduType.AAssociateAc => AllowAccept(pdu),
            PduType.AAssociateRj => IsHandled(UpperLayerEvent.Evt8),
            PduType.PDataTf => IsHandled(UpperLayerEvent.Evt9),
            PduType.AReleaseRq => IsHandled(UpperLayerEvent.Evt11),
            PduType.AReleaseRp => IsHandled(UpperLayerEvent.Evt14),
            PduType.AAbort => IsHandled(UpperLayerEvent.Evt15),
            _ => false,
        };
        if (!isAllowed)
        {
            throw new IOException($"The association is in {state}: {PduSummary.NameOf((byte)type)} has no place there, and is not sent.");
        }

        TellOfEnd(pdu.Span);
        return true;
    }

    /// <summary>The hosted code ends the association in another way than by a release.</summary>
    private void TellOfEnd(ReadOnlySpan<byte> pdu)
    {
        var body = pdu[PduHeader.Size..];
        if (pdu[0] == (byte)PduType.AAbort)
        {
            EndAs(AssociationEndKind.Aborted);
            _telemetry.TellAborted(isLocal: true, byProvider: PduReader.ReadAbort(body).Source != 0);
        }
        else if (pdu[0] == (byte)PduType.AAssociateRj)
        {
            var reject = PduReader.ReadAssociateRj(body);
            _telemetry.TellRejected(reject.Result, reject.Source, reject.Reason);
        }
    }

    private bool IsHandled(UpperLayerEvent evt) => Step(evt).Action != UpperLayerAction.None;

    /// <summary>From now on what was agreed on holds.</summary>
    private bool AllowAccept(ReadOnlyMemory<byte> pdu)
    {
        try
        {
            var accept = PduReader.ReadAssociateAc(pdu.Span[PduHeader.Size..], _options.PduLimits);
            _parameters = NegotiatedParameters.Of(_request!, accept, AssociationRole.Acceptor);
            _limits = _limits with { MaximumDataLength = _parameters.OwnMaximumLength };
            return IsHandled(UpperLayerEvent.Evt7);
        }
        catch (PduException mistake)
        {
            throw new IOException($"The A-ASSOCIATE-AC is wrong, and is not sent: {mistake.Message}", mistake);
        }
    }

    private async ValueTask SendInTimeAsync(ReadOnlyMemory<byte> pdu)
    {
        Count(isSent: true, pdu.Span);
        _timer.Start(Deadline.Send, _options.SendTimeout);
        try
        {
            await _connection.SendAsync(pdu, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _timer.Stop(Deadline.Send);
        }
    }

    /// <summary>A wish of ours, if it has a place in the present state.</summary>
    private void Say(UpperLayerEvent evt, OutgoingPdu pdu)
    {
        if (IsHandled(evt))
        {
            SayLast(pdu);
        }
    }

    private void SayAbort(UpperLayerEffects effects, AbortReason reason)
    {
        if (effects.HasFlag(UpperLayerEffects.SendAbort) || effects.HasFlag(UpperLayerEffects.SendProviderAbort))
        {
            EndAs(AssociationEndKind.Aborted);
            var isOurs = effects.HasFlag(UpperLayerEffects.SendAbort);
            _telemetry.TellAborted(isLocal: true, byProvider: !isOurs);
            SayLast(OutgoingPdu.Of(isOurs ? AAbort.ByUser : AAbort.ByProvider(reason)), closes: true);
        }
    }

    /// <summary>Says something when the PDU that is on its way is out; the connection does not close before.</summary>
    private void SayLast(OutgoingPdu pdu, bool closes = false)
    {
        lock (_gate)
        {
            _lastWord = SayAsync(_lastWord, pdu, closes);
        }
    }

    /// <summary>The last word is out, whoever says it; or it has failed, since it is timed, too.</summary>
    private async Task HasSpokenAsync()
    {
        await _lastWord.ConfigureAwait(false);
        await _sending.WaitAsync().ConfigureAwait(false);
        _sending.Release();
    }

    private async Task SayAsync(Task before, OutgoingPdu pdu, bool closes)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            await SendInTimeAsync(pdu.Bytes).ConfigureAwait(false);
            if (closes)
            {
                _connection.ShutdownSend();
            }
        }
        catch (IOException error)
        {
            AssociationLog.SendFailed(_log, Peer, error.Message);
        }
        finally
        {
            _sending.Release();
        }
    }
}
