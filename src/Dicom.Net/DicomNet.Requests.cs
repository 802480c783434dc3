using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>Requests of this side: their message ids, and the roles that they need.</summary>
public partial class DicomNet
{
    private int _messageIds = -1;

    /// <summary>A message id for a request: never one of a request that waits for its final response (PS3.7 §9.1.1.1.1).</summary>
    /// <returns>1 to 65535, each time another one; after 65535 it begins anew.</returns>
    public int NextMessageID()
    {
        int id;
        do
        {
            id = (int)((uint)Interlocked.Increment(ref _messageIds) % ushort.MaxValue) + 1;
        }
        while (_exchange?.SentSoFar?.IsInUse(id) is true);

        return id;
    }

    /// <summary>
    /// Waits until so much of what was queued has gone out that a Send… finds room: await it between the many responses of a C-FIND, say, or
    /// between requests. Not inside a callback by blocking: what waits there keeps the others waiting.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>Completed at once when there is room, or no connection.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public async Task ReadyToSendAsync(CancellationToken cancellationToken = default)
    {
        if (_exchange is { Port: { } port } exchange)
        {
            await port.ReadyToSendAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exchange.SentSoFar is { } requests)
            {
                await requests.RoomAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes back a request that waits for its turn.</summary>
    /// <returns>False: it has gone out, or there is none.</returns>
    internal bool TryWithdraw(int messageID) => _exchange?.SentSoFar?.TryWithdraw(messageID) is true;

    private DicomNetResult SendRequest(byte presentationID, int messageID, Func<ushort, CommandSet> make, DicomDataSet? dataSet = null)
    {
        if (!IsMessageId(messageID))
        {
            return Return(MessageIdOutOfRange(messageID));
        }

        return Return(Attempt((net: this, presentationID, messageID, make, dataSet), static (exchange, port, wanted) =>
        {
            var command = wanted.make((ushort)wanted.messageID);
            return command.LacksUid
                ? new(DicomExceptionCode.Parameter, "Pass the SOP class, and the SOP instance where there is one: a UID may not be empty.")
                : wanted.net.Invoke(
                    exchange,
                    port,
                    new(wanted.presentationID, wanted.messageID, command.CommandField, command.Encode()),
                    wanted.dataSet);
        }));
    }

    /// <summary>Sends a request, now or when the window allows it.</summary>
    private DicomNetResult Invoke(PeerExchange exchange, IAssociationPort port, SentRequest request, DicomDataSet? dataSet)
    {
        if (!port.TakesMessages)
        {
            return SendResults.Of(SendOutcome.WrongState);
        }

        return exchange.Agreement?.Operations.MayInvoke(request.ContextId, request.Field) is false && !_options.AllowsUnagreedRoles
            ? new(
                DicomExceptionCode.PresentationContext,
                $"Presentation context {request.ContextId} was not accepted, or not with the role that a {request.Field.ToStandardName()} needs.")
            : exchange.Sent.Send(port, request, dataSet);
    }

    private static bool IsMessageId(int messageID) => messageID is >= 0 and <= ushort.MaxValue;

    private static DicomNetResult MessageIdOutOfRange(int messageID) =>
        new(DicomExceptionCode.Parameter, $"A message id is 0 to 65535, not {messageID}.");
}
