using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>What the peer is told when a handler throws, and what the log is.</summary>
internal static class HandlerFault
{
    /// <summary>Logs a handler's exception and finds its answer: the message of a fault of ours is not the peer's business.</summary>
    public static (DicomCommandStatusType Status, DicomStatusDetail? Detail) Answer(
        AssociationHandlers handlers, Exception error, CommandField request, bool isCancelled)
    {
        var answer = AnswerTo(error, request, isCancelled);
        var (log, peer, command, status) = (handlers.Log, handlers.Peer, request.ToStandardName(), $"{(int)answer.Status:X4}H");
        if (error is DicomRefusalException)
        {
            HandlerLog.Refused(log, peer, command, status, PeerText.Escape(error.Message));
        }
        else if (error is HandlerTimeoutException)
        {
            HandlerLog.TookTooLong(log, peer, command, status, error.Message);
        }
        else if (isCancelled)
        {
            HandlerLog.Cancelled(log, peer, command, error.Message);
        }
        else
        {
            HandlerLog.Failed(log, error, peer, command, status);
        }

        return answer;
    }

    private static (DicomCommandStatusType Status, DicomStatusDetail? Detail) AnswerTo(
        Exception error, CommandField request, bool isCancelled) => error switch
        {
            DicomRefusalException refused => (refused.Status, refused.Detail),
            // A database says in an exception of its own that it was told to stop.
            not HandlerTimeoutException when isCancelled && request.HasPendingResponses() => (DicomCommandStatusType.Cancel, null),
            DataSetException when DicomNet.NeedsDataSet(request) => (DicomCommandStatusType.CannotUnderstand, null),
            IOException and not DataSetException => (DicomNet.StatusOf(error, request), null),
            _ => (DicomCommandStatusType.ProcessingFailure, null),
        };
}
