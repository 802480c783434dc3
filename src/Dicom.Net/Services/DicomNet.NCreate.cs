using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>N-CREATE: an instance is created (PS3.7 §10.1.5).</summary>
public partial class DicomNet
{
    /// <summary>An N-CREATE-RQ has arrived: see <see cref="OnReceiveNCreateRequest"/>.</summary>
    public event EventHandler<DicomNCreateRequestEventArgs>? NCreateRequestReceived;

    /// <summary>An N-CREATE-RSP has arrived: see <see cref="OnReceiveNCreateResponse"/>.</summary>
    public event EventHandler<DicomNCreateResponseEventArgs>? NCreateResponseReceived;

    /// <summary>Sends an N-CREATE-RQ (PS3.7 §10.3.5.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Affected SOP Class UID.</param>
    /// <param name="instance">Affected SOP Instance UID; null or empty: the peer chooses it.</param>
    /// <param name="dataSet">The attributes of the new instance; null for none. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNCreateRequest(
        byte presentationID, int messageID, string affectedClass, string? instance, DicomDataSet? dataSet)
    {
        var chosen = string.IsNullOrEmpty(instance) ? null : instance;
        return SendRequest(
            presentationID, messageID, id => CommandSet.NCreateRq(id, affectedClass, chosen, dataSet is not null), dataSet);
    }

    /// <summary>Answers an N-CREATE-RQ (PS3.7 §10.3.5.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">SOP Class UID of the request.</param>
    /// <param name="instance">SOP Instance UID of what was created: that of the request, or the one that was chosen.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes of the instance as it was created; null to leave them out.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNCreateResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status,
        DicomDataSet? dataSet, DicomStatusDetail? detail = null) => Respond(
            presentationID,
            messageID,
            new(CommandField.NCreateRq, affectedClass, status) { Instance = instance, DataSet = dataSet, Detail = detail });

    /// <summary>Called for an N-CREATE-RQ; to be answered by SendNCreateResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">The SOP class of the instance.</param>
    /// <param name="instance">The instance to create; empty: this side chooses the UID. Never to be used as a file name unchecked.</param>
    /// <param name="dataSet">The attributes of the new instance; it lives until the response. Null when there is none.</param>
    /// <remarks>The base raises <see cref="NCreateRequestReceived"/>; if nobody answers, it answers 0211H, unrecognized operation.</remarks>
    protected virtual void OnReceiveNCreateRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomDataSet? dataSet)
    {
        var question = new DicomNCreateRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
            DataSet = dataSet,
        };
        Raise(net => net.NCreateRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.UnrecognizedOperation);
    }

    /// <summary>Called for an N-CREATE-RSP.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes of the instance as it was created, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="NCreateResponseReceived"/>.</remarks>
    protected virtual void OnReceiveNCreateResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Raise(
            net => net.NCreateResponseReceived,
            new DicomNCreateResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Instance = instance,
                DataSet = dataSet,
                Detail = StatusDetail,
            });

    private void TellNCreateRequest(DimseMessage request) => OnReceiveNCreateRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance, request.DataSet);

    private void TellNCreateResponse(DimseMessage response) => OnReceiveNCreateResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status, response.DataSet);
}
