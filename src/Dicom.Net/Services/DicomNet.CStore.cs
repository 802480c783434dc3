using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>C-STORE: an instance is handed over (PS3.7 §9.1.1).</summary>
public partial class DicomNet
{
    /// <summary>A C-STORE-RQ has arrived: see <see cref="OnReceiveCStoreRequest"/>.</summary>
    public event EventHandler<DicomCStoreRequestEventArgs>? CStoreRequestReceived;

    /// <summary>A C-STORE-RSP has arrived: see <see cref="OnReceiveCStoreResponse"/>.</summary>
    public event EventHandler<DicomCStoreResponseEventArgs>? CStoreResponseReceived;

    /// <summary>Sends a C-STORE-RQ (PS3.7 §9.3.1.1).</summary>
    /// <param name="presentationID">An accepted presentation context, whose transfer syntax is that of the data set.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Affected SOP Class UID: that of the instance.</param>
    /// <param name="instance">Affected SOP Instance UID: that of the instance.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="moveAE">The AE title whose C-MOVE causes this; null or empty when none does.</param>
    /// <param name="moveMessageID">The message id of that C-MOVE; ignored when there is none.</param>
    /// <param name="dataSet">The instance. A file is read while it is sent; the data set may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCStoreRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandPriorityType priority,
        string? moveAE, int moveMessageID, DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        var moved = !string.IsNullOrEmpty(moveAE);
        if (moved && !IsMessageId(moveMessageID))
        {
            return Return(DicomExceptionCode.Parameter, $"The message id of the C-MOVE is 0 to 65535, not {moveMessageID}.");
        }

        return SendRequest(
            presentationID,
            messageID,
            id => CommandSet.CStoreRq(
                id, affectedClass, instance, priority, moved ? moveAE : null, moved ? (ushort)moveMessageID : null),
            dataSet);
    }

    /// <summary>
    /// Answers a C-STORE-RQ (PS3.7 §9.3.1.2). The request's data set is disposed of: what is to be kept has been saved before.
    /// </summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID of the request.</param>
    /// <param name="instance">Affected SOP Instance UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status,
        DicomStatusDetail? detail = null) => Respond(
            presentationID, messageID, new(CommandField.CStoreRq, affectedClass, status) { Instance = instance, Detail = detail });

    /// <summary>Called for a C-STORE-RQ; to be answered by SendCStoreResponse, once the instance is where it should be.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id.</param>
    /// <param name="affectedClass">Affected SOP Class UID.</param>
    /// <param name="instance">Affected SOP Instance UID. The peer's text: never to be used as a file name unchecked.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="moveAE">The AE title whose C-MOVE caused this; empty when none did.</param>
    /// <param name="moveMessageID">The message id of that C-MOVE; 0 when none.</param>
    /// <param name="dataSet">The instance; it lives until the request is answered. Null when its bytes went to a stream.</param>
    /// <remarks>The base raises <see cref="CStoreRequestReceived"/>; if nobody answers, it answers 0122H, SOP class not supported.</remarks>
    protected virtual void OnReceiveCStoreRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandPriorityType priority,
        string moveAE, int moveMessageID, DicomDataSet? dataSet)
    {
        var question = new DicomCStoreRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
            Priority = priority,
            MoveAE = moveAE,
            MoveMessageID = moveMessageID,
            DataSet = dataSet,
        };
        Raise(net => net.CStoreRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.SopClassNotSupported);
    }

    /// <summary>Called for a C-STORE-RSP (PS3.7 §9.3.1.2).</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <remarks>The base raises <see cref="CStoreResponseReceived"/>.</remarks>
    protected virtual void OnReceiveCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Raise(
            net => net.CStoreResponseReceived,
            new DicomCStoreResponseEventArgs(presentationID, messageID, affectedClass, status) { Instance = instance, Detail = StatusDetail });

    private void TellCStoreRequest(DimseMessage request) => OnReceiveCStoreRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance, request.Priority,
        request.Command.MoveOriginatorApplicationEntityTitle ?? "", request.Command.MoveOriginatorMessageId ?? 0, request.DataSet);

    private void TellCStoreResponse(DimseMessage response) => OnReceiveCStoreResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status);
}
