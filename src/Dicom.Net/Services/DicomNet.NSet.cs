using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>N-SET: attributes of an instance are changed (PS3.7 §10.1.3).</summary>
public partial class DicomNet
{
    /// <summary>An N-SET-RQ has arrived: see <see cref="OnReceiveNSetRequest"/>.</summary>
    public event EventHandler<DicomNSetRequestEventArgs>? NSetRequestReceived;

    /// <summary>An N-SET-RSP has arrived: see <see cref="OnReceiveNSetResponse"/>.</summary>
    public event EventHandler<DicomNSetResponseEventArgs>? NSetResponseReceived;

    /// <summary>Sends an N-SET-RQ (PS3.7 §10.3.3.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="dataSet">The modification list. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNSetRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        return SendRequest(presentationID, messageID, id => CommandSet.NSetRq(id, affectedClass, instance), dataSet);
    }

    /// <summary>Answers an N-SET-RQ (PS3.7 §10.3.3.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">SOP Class UID of the request.</param>
    /// <param name="instance">SOP Instance UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes as they are now; null to leave them out.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNSetResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status,
        DicomDataSet? dataSet, DicomStatusDetail? detail = null) => Respond(
            presentationID,
            messageID,
            new(CommandField.NSetRq, affectedClass, status) { Instance = instance, DataSet = dataSet, Detail = detail });

    /// <summary>Called for an N-SET-RQ; to be answered by SendNSetResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">The SOP class of the instance.</param>
    /// <param name="instance">The instance. The peer's text: never to be used as a file name unchecked.</param>
    /// <param name="dataSet">The modification list; it lives until the response. Null when there is none.</param>
    /// <remarks>The base raises <see cref="NSetRequestReceived"/>; if nobody answers, it answers 0211H, unrecognized operation.</remarks>
    protected virtual void OnReceiveNSetRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomDataSet? dataSet)
    {
        var question = new DicomNSetRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
            DataSet = dataSet,
        };
        Raise(net => net.NSetRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.UnrecognizedOperation);
    }

    /// <summary>Called for an N-SET-RSP.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes as they are now, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="NSetResponseReceived"/>.</remarks>
    protected virtual void OnReceiveNSetResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Raise(
            net => net.NSetResponseReceived,
            new DicomNSetResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Instance = instance,
                DataSet = dataSet,
                Detail = StatusDetail,
            });

    private void TellNSetRequest(DimseMessage request) => OnReceiveNSetRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance, request.DataSet);

    private void TellNSetResponse(DimseMessage response) => OnReceiveNSetResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status, response.DataSet);
}
