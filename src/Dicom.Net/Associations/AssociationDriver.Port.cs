using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>The wishes of the application.</summary>
internal sealed partial class AssociationDriver
{
    /// <summary>The largest PDU we send whatever the peer allows: larger ones gain nothing (measured), and one has to fit a buffer.</summary>
    private const uint LargestPduSent = 256 * 1024 - 2 * PduHeader.Size;

    /// <summary>How long a peer may take to read our last word and close, once we have closed our side (arbitrary).</summary>
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(2);

    public bool IsAssociated => !_finished && _machine.State is >= UpperLayerState.Sta6 and <= UpperLayerState.Sta12;

    public SendOutcome Request(AAssociateRq request)
    {
        if (_finished)
        {
            return SendOutcome.NotConnected;
        }

        // Encoded first: what cannot be encoded must not leave the machine waiting for an answer.
        var pdu = OutgoingPdu.Of(request);

        // The connection stands already: opening it (AE-1) and its confirmation (AE-2) are one.
        if (_role != AssociationRole.Requestor || Step(UpperLayerEvent.Evt1).Action == UpperLayerAction.None)
        {
            return SendOutcome.WrongState;
        }

        _request = request;
        AwaitAnswer();
        return OutcomeOf(Step(UpperLayerEvent.Evt2, pdu));
    }

    public SendOutcome Accept(AAssociateAc accept)
    {
        lock (_gate)
        {
            if (_machine.State != UpperLayerState.Sta3)
            {
                return _finished ? SendOutcome.NotConnected : SendOutcome.WrongState;
            }
        }

        var pdu = OutgoingPdu.Of(accept);
        Agree(NegotiatedParameters.Of(_request!, accept, _role));
        return OutcomeOf(Step(UpperLayerEvent.Evt7, pdu));
    }

    public SendOutcome Reject(AAssociateRj reject) => OutcomeOf(Step(UpperLayerEvent.Evt8, reject));

    public SendOutcome RequestRelease()
    {
        var outcome = OutcomeOf(Step(UpperLayerEvent.Evt11));
        if (outcome == SendOutcome.Queued)
        {
            AwaitAnswer();
        }

        return outcome;
    }

    public SendOutcome RespondRelease() => OutcomeOf(Step(UpperLayerEvent.Evt14));

    public SendOutcome Abort(AAbort abort) => OutcomeOf(Step(UpperLayerEvent.Evt15, abort));

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

        var maximum = parameters.PeerMaximumLength == 0 ? LargestPduSent : Math.Min(parameters.PeerMaximumLength, LargestPduSent);
        var source = dataSet is null ? null : new EncodedDataSetSource(dataSet.Encode(context.TransferSyntax));
        return Send(new OutgoingMessage(new(context.Id, commandSet, source, maximum), source));
    }

    public void Close()
    {
        if (Step(UpperLayerEvent.Evt15).Action != UpperLayerAction.None || _machine.State == UpperLayerState.Sta13)
        {
            _artim.Start(LingerTimeout);
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
                return SendOutcome.QueueFull;
            }

            // DT-1 and AR-7 do nothing else than what has just been done.
            _machine.Handle(UpperLayerEvent.Evt9);
        }

        _sending.Flush();
        return SendOutcome.Queued;
    }

    private SendOutcome OutcomeOf(UpperLayerTransition transition) => transition.Action switch
    {
        not UpperLayerAction.None => SendOutcome.Queued,
        _ when _finished => SendOutcome.NotConnected,
        _ => SendOutcome.WrongState,
    };

    /// <summary>The peer owes an A-ASSOCIATE-AC or an A-RELEASE-RP: the standard sets no timer, a hospital's night shift does.</summary>
    private void AwaitAnswer()
    {
        _deadlineRuns = true;
        _receiveDeadline.Start(_options.MessageTimeout);
    }
}
