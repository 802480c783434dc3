using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>C-FIND: queries (PS3.7 §9.1.2).</summary>
public partial class DicomNet
{
    /// <summary>A C-FIND-RQ has arrived: see <see cref="OnReceiveCFindRequest"/>.</summary>
    public event EventHandler<DicomCFindRequestEventArgs>? CFindRequestReceived;

    /// <summary>A C-FIND-RSP has arrived: see <see cref="OnReceiveCFindResponse"/>.</summary>
    public event EventHandler<DicomCFindResponseEventArgs>? CFindResponseReceived;

    /// <summary>Sends a C-FIND-RQ (PS3.7 §9.3.2.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Affected SOP Class UID: the information model that is queried.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="dataSet">The identifier: what is asked for. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCFindRequest(
        byte presentationID, int messageID, string affectedClass, DicomCommandPriorityType priority, DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        return SendRequest(presentationID, messageID, id => CommandSet.CFindRq(id, affectedClass, priority), dataSet);
    }

    /// <summary>
    /// Answers a C-FIND-RQ (PS3.7 §9.3.2.2): with a pending status for each match, and at last with another one.
    /// </summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID of the request.</param>
    /// <param name="status">Pending or PendingWarning: more follow. Any other: this was the last.</param>
    /// <param name="dataSet">The match, where the status is pending; null otherwise.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    /// <remarks>Of many matches no more than the peer reads fit the queue: await <see cref="ReadyToSendAsync"/> between them.</remarks>
    public DicomNetResult SendCFindResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, DicomDataSet? dataSet,
        DicomStatusDetail? detail = null) => Respond(
            presentationID, messageID, new(CommandField.CFindRq, affectedClass, status) { DataSet = dataSet, Detail = detail });

    /// <summary>Called for a C-FIND-RQ; to be answered by SendCFindResponse, once or, where there are matches, several times.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">Affected SOP Class UID: the information model.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="dataSet">The identifier; it lives until the last response. Null when its bytes went to a stream.</param>
    /// <remarks>
    /// The base raises <see cref="CFindRequestReceived"/>; if nobody answers, it answers 0122H, SOP class not supported. A search that
    /// takes its time is done elsewhere, so that the association's other callbacks are not kept waiting; it ends early when
    /// <see cref="GetCancellationToken"/> says so.
    /// </remarks>
    protected virtual void OnReceiveCFindRequest(
        byte presentationID, int messageID, string affectedClass, DicomCommandPriorityType priority, DicomDataSet? dataSet)
    {
        var question = new DicomCFindRequestEventArgs(this, presentationID, messageID, affectedClass) { Priority = priority, DataSet = dataSet };
        Raise(net => net.CFindRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.SopClassNotSupported);
    }

    /// <summary>Called for a C-FIND-RSP: a match while the status is pending, then the end.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="status">Pending for a match; else the outcome of the whole.</param>
    /// <param name="dataSet">The match, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="CFindResponseReceived"/>.</remarks>
    protected virtual void OnReceiveCFindResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Raise(
            net => net.CFindResponseReceived,
            new DicomCFindResponseEventArgs(presentationID, messageID, affectedClass, status) { DataSet = dataSet, Detail = StatusDetail });

    private void TellCFindRequest(DimseMessage request) => OnReceiveCFindRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.Priority, request.DataSet);

    private void TellCFindResponse(DimseMessage response) => OnReceiveCFindResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.Status, response.DataSet);
}
