using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>Requests of this side: their message ids, the roles that they need, and the window that they keep to.</summary>
public partial class DicomNet
{
    // Null: never asked for anything, as the objects of a listener's clients.
    private SentRequests? _sentRequests;

    // What the roles and the window of the association allow. Null: there is none.
    private volatile AgreedOperations? _agreed;

    private SentRequests SentRequests => LazyInitializer.EnsureInitialized(ref _sentRequests, static () => new());

    private int Window => _agreed?.MostInvoked ?? int.MaxValue;

    /// <summary>A message id for a request: never one of a request that waits for its final response (PS3.7 §9.1.1.1.1).</summary>
    /// <returns>1 to 65535, each time another one; after 65535 it begins anew.</returns>
    public int NextMessageID() => SentRequests.NextId();

    /// <summary>
    /// Waits until what was queued has gone out, or at least so much of it that a Send… will find room: await it between the many responses
    /// of a C-FIND, say. Not inside a callback by blocking: what waits there keeps the others waiting.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>Completed at once when there is room, or no connection.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public Task ReadyToSendAsync(CancellationToken cancellationToken = default) =>
        _port is { } port ? port.ReadyToSendAsync().WaitAsync(cancellationToken) : Task.CompletedTask;

    private DicomNetResult SendRequest(byte presentationID, int messageID, Func<ushort, CommandSet> make, DicomDataSet? dataSet = null)
    {
        if (!IsMessageId(messageID))
        {
            return Return(MessageIdOutOfRange(messageID));
        }

        return Return(Attempt((net: this, presentationID, messageID, make, dataSet), static (port, request) =>
        {
            var command = request.make((ushort)request.messageID);
            return request.net.Invoke(
                port, request.presentationID, request.messageID, command.CommandField, command.Encode(), request.dataSet);
        }));
    }

    /// <summary>Sends a request, now or when the window allows it.</summary>
    private DicomNetResult Invoke(
        IAssociationPort port, byte contextId, int messageId, CommandField field, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet)
    {
        if (_agreed is { } agreed && !agreed.MayInvoke(contextId, field))
        {
            return new(
                DicomExceptionCode.PresentationContext,
                $"Presentation context {contextId} was not accepted, or not with the role that a {field.ToStandardName()} needs.");
        }

        var turn = SentRequests.TryBegin(messageId, field, Window);
        if (turn == SentRequests.Turn.Now)
        {
            return SendNow(port, contextId, messageId, commandSet, dataSet);
        }

        if (turn == SentRequests.Turn.Later)
        {
            turn = Wait(contextId, messageId, field, commandSet, dataSet);
        }

        return turn switch
        {
            SentRequests.Turn.IdInUse => new(
                DicomExceptionCode.Parameter, $"A request with message id {messageId} waits for its response: take one from NextMessageID."),
            SentRequests.Turn.Never => ResultOf(SendOutcome.QueueFull),
            _ => DicomNetResult.Success,
        };
    }

    private DicomNetResult SendNow(
        IAssociationPort port, byte contextId, int messageId, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet)
    {
        var outcome = SendOutcome.WrongState;
        try
        {
            outcome = port.Send(contextId, commandSet, dataSet);
        }
        finally
        {
            if (outcome != SendOutcome.Queued)
            {
                SentRequests.Abandon(messageId);
                SendWaiting();
            }
        }

        return ResultOf(outcome);
    }

    private SentRequests.Turn Wait(
        byte contextId, int messageId, CommandField field, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet)
    {
        var kept = dataSet is null ? null : new DicomDataSet(dataSet.Encode(Association!.GetTransfer(contextId, 0)), meta: null);
        var request = new WaitingRequest(contextId, messageId, field, commandSet, kept);
        var turn = SentRequests.Wait(request);
        if (turn != SentRequests.Turn.Later)
        {
            request.Dispose();
        }

        // The response that it waits for may have come meanwhile.
        SendWaiting();
        return turn;
    }

    /// <summary>Sends the requests whose turn has come.</summary>
    private void SendWaiting()
    {
        while (_port is { } port && _sentRequests?.BeginNext(Window) is { } request)
        {
            using (request)
            {
                var outcome = port.Send(request.PresentationContextId, request.CommandSet, request.DataSet);
                if (outcome == SendOutcome.Queued && request.IsCancelled)
                {
                    outcome = port.Send(request.PresentationContextId, CommandSet.CCancelRq((ushort)request.MessageId).Encode(), null);
                }

                if (outcome is SendOutcome.QueueFull or SendOutcome.PeerMaximumTooSmall)
                {
                    // It was promised to go out, and cannot: whoever waits for its response has to learn of it.
                    FacadeLog.RequestNotSent(_log, Peer);
                    port.Abort(AAbort.ByUser);
                }
            }
        }
    }

    private static bool IsMessageId(int messageID) => messageID is >= 0 and <= ushort.MaxValue;

    private static DicomNetResult MessageIdOutOfRange(int messageID) =>
        new(DicomExceptionCode.Parameter, $"A message id is 0 to 65535, not {messageID}.");
}
