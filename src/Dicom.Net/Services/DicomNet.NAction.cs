using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>N-ACTION: an action is carried out on an instance (PS3.7 §10.1.4).</summary>
public partial class DicomNet
{
    /// <summary>An N-ACTION-RQ has arrived: see <see cref="OnReceiveNActionRequest"/>.</summary>
    public event EventHandler<DicomNActionRequestEventArgs>? NActionRequestReceived;

    /// <summary>An N-ACTION-RSP has arrived: see <see cref="OnReceiveNActionResponse"/>.</summary>
    public event EventHandler<DicomNActionResponseEventArgs>? NActionResponseReceived;

    /// <summary>Sends an N-ACTION-RQ (PS3.7 §10.3.4.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="action">Action Type ID, 0 to 65535: its meaning is the SOP class's.</param>
    /// <param name="dataSet">The action information; null for none. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNActionRequest(
        byte presentationID, int messageID, string affectedClass, string instance, int action, DicomDataSet? dataSet) => SendRequest(
            presentationID,
            messageID,
            id => CommandSet.NActionRq(id, affectedClass, instance, CommandNumber.UnsignedShort(action, "An action type id"), dataSet is not null),
            dataSet);

    /// <summary>Answers an N-ACTION-RQ (PS3.7 §10.3.4.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">SOP Class UID of the request.</param>
    /// <param name="instance">SOP Instance UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="action">Action Type ID, 0 to 65535: its meaning is the SOP class's.</param>
    /// <param name="dataSet">The action reply; null for none.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNActionResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int action,
        DicomDataSet? dataSet, DicomStatusDetail? detail = null) => Respond(
            presentationID,
            messageID,
            new(CommandField.NActionRq, affectedClass, status)
            {
                Instance = instance,
                TypeId = action,
                DataSet = dataSet,
                Detail = detail,
            });

    /// <summary>Called for an N-ACTION-RQ; to be answered by SendNActionResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">The SOP class of the instance.</param>
    /// <param name="instance">The instance. The peer's text: never to be used as a file name unchecked.</param>
    /// <param name="action">Action Type ID, 0 to 65535: its meaning is the SOP class's.</param>
    /// <param name="dataSet">The action information; it lives until the response. Null when there is none.</param>
    /// <remarks>The base raises <see cref="NActionRequestReceived"/>; if nobody answers, it answers 0211H, unrecognized operation.</remarks>
    protected virtual void OnReceiveNActionRequest(
        byte presentationID, int messageID, string affectedClass, string instance, int action, DicomDataSet? dataSet)
    {
        var question = new DicomNActionRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
            Action = action,
            DataSet = dataSet,
        };
        Raise(net => net.NActionRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.UnrecognizedOperation);
    }

    /// <summary>Called for an N-ACTION-RSP.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="action">Action Type ID, 0 to 65535: its meaning is the SOP class's; 0 when the peer left it out.</param>
    /// <param name="dataSet">The action reply, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="NActionResponseReceived"/>.</remarks>
    protected virtual void OnReceiveNActionResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int action,
        DicomDataSet? dataSet) =>
        Raise(
            net => net.NActionResponseReceived,
            new DicomNActionResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Instance = instance,
                Action = action,
                DataSet = dataSet,
                Detail = StatusDetail,
            });

    private void TellNActionRequest(DimseMessage request) => OnReceiveNActionRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance,
        request.Command.ActionTypeId ?? 0, request.DataSet);

    private void TellNActionResponse(DimseMessage response) => OnReceiveNActionResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status,
        response.Command.ActionTypeId ?? 0, response.DataSet);
}
