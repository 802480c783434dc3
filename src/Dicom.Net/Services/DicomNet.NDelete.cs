using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>N-DELETE: an instance is deleted (PS3.7 §10.1.6).</summary>
public partial class DicomNet
{
    /// <summary>An N-DELETE-RQ has arrived: see <see cref="OnReceiveNDeleteRequest"/>.</summary>
    public event EventHandler<DicomNDeleteRequestEventArgs>? NDeleteRequestReceived;

    /// <summary>An N-DELETE-RSP has arrived: see <see cref="OnReceiveNDeleteResponse"/>.</summary>
    public event EventHandler<DicomNDeleteResponseEventArgs>? NDeleteResponseReceived;

    /// <summary>Sends an N-DELETE-RQ (PS3.7 §10.3.6.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNDeleteRequest(
        byte presentationID, int messageID, string affectedClass, string instance) =>
        SendRequest(presentationID, messageID, id => CommandSet.NDeleteRq(id, affectedClass, instance));

    /// <summary>Answers an N-DELETE-RQ (PS3.7 §10.3.6.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">SOP Class UID of the request.</param>
    /// <param name="instance">SOP Instance UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNDeleteResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status,
        DicomStatusDetail? detail = null) => Respond(
            presentationID, messageID, new(CommandField.NDeleteRq, affectedClass, status) { Instance = instance, Detail = detail });

    /// <summary>Called for an N-DELETE-RQ; to be answered by SendNDeleteResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">The SOP class of the instance.</param>
    /// <param name="instance">The instance. The peer's text: never to be used as a file name unchecked.</param>
    /// <remarks>The base raises <see cref="NDeleteRequestReceived"/>; if nobody answers, it answers 0211H, unrecognized operation.</remarks>
    protected virtual void OnReceiveNDeleteRequest(
        byte presentationID, int messageID, string affectedClass, string instance)
    {
        var question = new DicomNDeleteRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
        };
        Raise(net => net.NDeleteRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.UnrecognizedOperation);
    }

    /// <summary>Called for an N-DELETE-RSP.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <remarks>The base raises <see cref="NDeleteResponseReceived"/>.</remarks>
    protected virtual void OnReceiveNDeleteResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Raise(
            net => net.NDeleteResponseReceived,
            new DicomNDeleteResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Instance = instance,
                Detail = StatusDetail,
            });

    private void TellNDeleteRequest(DimseMessage request) => OnReceiveNDeleteRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance);

    private void TellNDeleteResponse(DimseMessage response) => OnReceiveNDeleteResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status);
}
