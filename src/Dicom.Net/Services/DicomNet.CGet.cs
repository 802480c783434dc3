using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>C-GET: retrieval; the peer sends instances on this association (PS3.7 §9.1.3).</summary>
public partial class DicomNet
{
    /// <summary>A C-GET-RQ has arrived: see <see cref="OnReceiveCGetRequest"/>.</summary>
    public event EventHandler<DicomCGetRequestEventArgs>? CGetRequestReceived;

    /// <summary>A C-GET-RSP has arrived: see <see cref="OnReceiveCGetResponse"/>.</summary>
    public event EventHandler<DicomCGetResponseEventArgs>? CGetResponseReceived;

    /// <summary>
    /// Sends a C-GET-RQ (PS3.7 §9.3.3.1): the peer sends what matches, by C-STORE requests on this association,
    /// where this side must have been granted the role of an SCP for them.
    /// </summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Affected SOP Class UID: the information model.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="dataSet">The identifier: what is to be sent. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCGetRequest(
        byte presentationID, int messageID, string affectedClass, DicomCommandPriorityType priority, DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        return SendRequest(presentationID, messageID, id => CommandSet.CGetRq(id, affectedClass, priority), dataSet);
    }

    /// <summary>
    /// Answers a C-GET-RQ (PS3.7 §9.3.3.2): with a pending status while instances are sent, as often as one likes, and at last with
    /// another one.
    /// </summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID of the request.</param>
    /// <param name="status">Pending: more follow. Any other: this was the last.</param>
    /// <param name="remaining">Instances still to be sent, 0 or more; sent with a pending status or a cancel only (PS3.4 §C.4).</param>
    /// <param name="completed">Instances sent with success.</param>
    /// <param name="failed">Instances that could not be sent.</param>
    /// <param name="warning">Instances sent with a warning.</param>
    /// <param name="dataSet">In a last response, the Failed SOP Instance UID List (0008,0058), if any failed; else null.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    /// <remarks>Counts over 65535 show as 65535: their elements hold no more.</remarks>
    public DicomNetResult SendCGetResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet? dataSet, DicomStatusDetail? detail = null) => Respond(
            presentationID,
            messageID,
            new(CommandField.CGetRq, affectedClass, status)
            {
                Counts = new(remaining, completed, failed, warning),
                DataSet = dataSet,
                Detail = detail,
            });

    /// <summary>Called for a C-GET-RQ; to be answered by SendCGetResponse, as often as there is progress to tell, and at last.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">Affected SOP Class UID: the information model.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="dataSet">The identifier; it lives until the last response. Null when its bytes went to a stream.</param>
    /// <remarks>
    /// The base raises <see cref="CGetRequestReceived"/>; if nobody answers, it answers 0122H, SOP class not supported. The instances are
    /// sent from elsewhere, not inside this call: their responses come to callbacks of this association. A C-CANCEL shows in
    /// <see cref="GetCancellationToken"/>.
    /// </remarks>
    protected virtual void OnReceiveCGetRequest(
        byte presentationID, int messageID, string affectedClass, DicomCommandPriorityType priority, DicomDataSet? dataSet)
    {
        var question = new DicomCGetRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Priority = priority,
            DataSet = dataSet,
        };
        Raise(net => net.CGetRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.SopClassNotSupported);
    }

    /// <summary>Called for a C-GET-RSP: progress while the status is pending, then the outcome.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="status">Pending, or the outcome of the whole.</param>
    /// <param name="remaining">Instances still to be sent; 0 when the peer left it out, as it does at the end.</param>
    /// <param name="completed">Instances sent with success.</param>
    /// <param name="failed">Instances that could not be sent.</param>
    /// <param name="warning">Instances sent with a warning.</param>
    /// <param name="dataSet">The Failed SOP Instance UID List, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="CGetResponseReceived"/>.</remarks>
    protected virtual void OnReceiveCGetResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet? dataSet) => Raise(
            net => net.CGetResponseReceived,
            new DicomCGetResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Remaining = remaining,
                Completed = completed,
                Failed = failed,
                Warning = warning,
                DataSet = dataSet,
                Detail = StatusDetail,
            });

    private void TellCGetRequest(DimseMessage request) => OnReceiveCGetRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.Priority, request.DataSet);

    private void TellCGetResponse(DimseMessage response)
    {
        var counts = response.Command.SubOperations;
        OnReceiveCGetResponse(
            response.PresentationContextId, response.MessageId, response.SopClass, response.Status,
            counts.Remaining, counts.Completed, counts.Failed, counts.Warning, response.DataSet);
    }
}
