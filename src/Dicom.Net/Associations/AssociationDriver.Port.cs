using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>The wishes of the application.</summary>
internal sealed partial class AssociationDriver
{
    /// <summary>How long a peer may take to read our last word and close, once we have closed our side (arbitrary).</summary>
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(2);

    private bool _respondsLater;

    public bool IsAssociated => !_finished && _machine.State is >= UpperLayerState.Sta6 and <= UpperLayerState.Sta12;

    public bool TakesMessages
    {
        get
        {
            lock (_gate)
            {
                return !_finished && _machine.CanHandle(UpperLayerEvent.Evt9);
            }
        }
    }

    public SendOutcome Request(AAssociateRq request)
    {
        if (_finished)
        {
            return SendOutcome.NotConnected;
        }

        // Encoded first: what cannot be encoded must not leave the machine waiting for an answer.
        var pdu = OutgoingPdu.Of(request);

        lock (_gate)
        {
            // Asked again under the gate: a connection that has just ended is in Sta1, too, and begins nothing anew.
            if (_finished)
            {
                return SendOutcome.NotConnected;
            }

            // The connection stands already: opening it (AE-1) and its confirmation (AE-2) are one.
            if (_role != AssociationRole.Requestor || _machine.Handle(UpperLayerEvent.Evt1).Action == UpperLayerAction.None)
            {
                return SendOutcome.WrongState;
            }

            _request = request;
        }

        TellRequested(request);
        return Wish(UpperLayerEvent.Evt2, pdu);
    }

    public SendOutcome Accept(AAssociateAc accept)
    {
        AAssociateRq request;
        lock (_gate)
        {
            if (!_machine.CanHandle(UpperLayerEvent.Evt7))
            {
                return _finished ? SendOutcome.NotConnected : SendOutcome.WrongState;
            }

            request = _request!;
        }

        var pdu = OutgoingPdu.Of(accept);
        return Wish(UpperLayerEvent.Evt7, pdu, Agreement(request, accept));
    }

    public SendOutcome Reject(AAssociateRj reject) => Wish(UpperLayerEvent.Evt8, reject);

    public SendOutcome RequestRelease() => Wish(UpperLayerEvent.Evt11);

    public SendOutcome RespondRelease()
    {
        lock (_gate)
        {
            if (_machine.State == UpperLayerState.Sta10 && !_finished && !_respondsLater)
            {
                // Release collision: the acceptor answers when it has been answered (PS3.8 §7.2.2.7). The wish is kept until then.
                _respondsLater = true;
                return SendOutcome.Queued;
            }
        }

        return Wish(UpperLayerEvent.Evt14);
    }

    public SendOutcome Abort(AAbort abort) => Wish(UpperLayerEvent.Evt15, abort);

    public SendOutcome Send(byte presentationContextId, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet)
    {
        if (_finished)
        {
            return SendOutcome.NotConnected;
        }

        if (_parameters is not { } parameters)
        {
            return SendOutcome.WrongState;
        }

        if (parameters.Find(presentationContextId) is not { } context)
        {
            return SendOutcome.ContextNotAccepted;
        }

        if (!DimseFragmenter.CanSend(parameters.PeerMaximumLength))
        {
            return SendOutcome.PeerMaximumTooSmall;
        }

        var source = dataSet is null ? null : new EncodedDataSetSource(dataSet.Encode(context.TransferSyntax));
        return Send(new OutgoingMessage(new(context.Id, commandSet, source, parameters.PeerMaximumLength), source));
    }

    public void Close()
    {
        if (Step(UpperLayerEvent.Evt15).Action != UpperLayerAction.None || _machine.State == UpperLayerState.Sta13)
        {
            // A peer that does not close in the little time left is not late: this side does not care to wait.
            EndAs(AssociationEndKind.Orderly);
            _timer.Start(Deadline.Artim, LingerTimeout);
            CloseWhenSent();
            return;
        }

        // Nothing to say goodbye to: no association was asked for yet, or it is over.
        Finish();
    }

    public void CloseForced()
    {
        EndAs(AssociationEndKind.Aborted);
        _connection.Abort();
        Finish();
    }

    private SendOutcome Send(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (!_machine.CanHandle(UpperLayerEvent.Evt9))
            {
                message.Dispose();
                return _finished ? SendOutcome.NotConnected : SendOutcome.WrongState;
            }

            if (!_sending.TryEnqueue(message, mandatory: false))
            {
                return _finished ? SendOutcome.NotConnected : SendOutcome.QueueFull;
            }

            // DT-1 and AR-7 do nothing else than what has just been done.
            _machine.Handle(UpperLayerEvent.Evt9);
            NoteActivity();
        }

        _sending.Flush();
        GoOnIfAnswered();
        return SendOutcome.Queued;
    }

    private SendOutcome Wish(UpperLayerEvent evt, object? pdu = null, NegotiatedParameters? agreed = null)
    {
        // The machine learns of the end from the pump: until then it would still take wishes that nobody can carry out.
        var isCarriedOut = !_finished && Step(evt, pdu, agreed: agreed).Action != UpperLayerAction.None;
        return isCarriedOut ? SendOutcome.Queued : _finished ? SendOutcome.NotConnected : SendOutcome.WrongState;
    }

    private NegotiatedParameters Agreement(AAssociateRq request, AAssociateAc accept)
    {
        try
        {
            return NegotiatedParameters.Of(request, accept, _role);
        }
        catch (PduException mistake)
        {
            throw new ArgumentException(
                $"Answer each context with a transfer syntax proposed for it. {mistake.Message}", nameof(accept), mistake);
        }
    }
}
