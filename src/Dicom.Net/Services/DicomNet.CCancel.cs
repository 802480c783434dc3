using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>C-CANCEL: a C-FIND, C-GET or C-MOVE is to end early (PS3.7 §9.3.2.3, §9.3.3.3, §9.3.4.3).</summary>
public partial class DicomNet
{
    /// <summary>A C-CANCEL-RQ has arrived: see <see cref="OnReceiveCCancelRequest"/>.</summary>
    public event EventHandler<DicomCCancelRequestEventArgs>? CCancelRequestReceived;

    /// <summary>
    /// Sends a C-CANCEL-RQ: the peer is asked to end an operation early. It has no response of its own; the operation's last one says what
    /// became of it, as a rule <see cref="DicomCommandStatusType.Cancel"/>.
    /// </summary>
    /// <param name="presentationID">The presentation context of the operation.</param>
    /// <param name="messageID">The message id of the operation, a C-FIND, C-GET or C-MOVE of this side.</param>
    /// <returns>
    /// Success when it is queued, and when there is nothing to cancel, since the last response has come. For an operation that waits for its
    /// turn it goes out behind it.
    /// </returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCCancelRequest(byte presentationID, int messageID)
    {
        if (!IsMessageId(messageID))
        {
            return Return(MessageIdOutOfRange(messageID));
        }

        return Return(Attempt((presentationID, messageID), static (exchange, port, cancel) =>
        {
            // Some peers abort when they are asked to cancel what they do not know (any more).
            var isToSend = exchange.SentSoFar?.IsToCancel(cancel.presentationID, cancel.messageID) is true;
            return isToSend
                ? SendResults.Of(port.Send(cancel.presentationID, CommandSet.CCancelRq((ushort)cancel.messageID).Encode(), null))
                : DicomNetResult.Success;
        }));
    }

    /// <summary>
    /// Tells when an operation that the peer asked for should end early: the peer has cancelled it, or the association is over. It tells at
    /// once, also while a callback runs, on whatever thread has seen it.
    /// </summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <returns>Cancelled already when no such request waits for an answer.</returns>
    public CancellationToken GetCancellationToken(byte presentationID, int messageID) =>
        _exchange?.Open.CancellationOf(presentationID, messageID) ?? new(canceled: true);

    internal CancellationToken CancellationOf(DicomRequestEventArgs question) => question.Message is { } message
        ? _exchange?.Open.CancellationOf(message) ?? new(canceled: true)
        : GetCancellationToken(question.PresentationID, question.MessageID);

    /// <summary>
    /// Called for a C-CANCEL-RQ for an operation that is under way: it is to be answered soon, with
    /// <see cref="DicomCommandStatusType.Cancel"/> or, if it was done anyway, another status. One for any other is ignored.
    /// </summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the operation.</param>
    /// <remarks>
    /// The base raises <see cref="CCancelRequestReceived"/>. As all callbacks it waits for the one that runs; who works inside one looks at
    /// <see cref="GetCancellationToken"/>.
    /// </remarks>
    protected virtual void OnReceiveCCancelRequest(byte presentationID, int messageID) =>
        Raise(net => net.CCancelRequestReceived, new DicomCCancelRequestEventArgs(presentationID, messageID));

    private void TellCancel(PeerExchange exchange, DimseMessage cancel)
    {
        using (cancel)
        {
            if (exchange.Open.EndCancel(cancel.MessageId))
            {
                TellData(cancel);
                Guard(
                    nameof(OnReceiveCCancelRequest),
                    (net: this, cancel),
                    static told => told.net.OnReceiveCCancelRequest(told.cancel.PresentationContextId, told.cancel.MessageId));
            }
        }
    }
}
