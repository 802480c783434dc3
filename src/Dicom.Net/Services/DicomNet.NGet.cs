using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>N-GET: attributes of an instance are read (PS3.7 §10.1.2).</summary>
public partial class DicomNet
{
    /// <summary>An N-GET-RQ has arrived: see <see cref="OnReceiveNGetRequest"/>.</summary>
    public event EventHandler<DicomNGetRequestEventArgs>? NGetRequestReceived;

    /// <summary>An N-GET-RSP has arrived: see <see cref="OnReceiveNGetResponse"/>.</summary>
    public event EventHandler<DicomNGetResponseEventArgs>? NGetResponseReceived;

    /// <summary>Sends an N-GET-RQ (PS3.7 §10.3.2.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="attributes">The tags wanted, each 00000000H to FFFFFFFFH with its group in the upper half; none: all.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNGetRequest(
        byte presentationID, int messageID, string affectedClass, string instance, long[] attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return SendRequest(presentationID, messageID, id => CommandSet.NGetRq(id, affectedClass, instance, CommandNumber.Tags(attributes)));
    }

    /// <summary>Answers an N-GET-RQ (PS3.7 §10.3.2.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">SOP Class UID of the request.</param>
    /// <param name="instance">SOP Instance UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes; null where the status is a failure.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNGetResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status,
        DicomDataSet? dataSet, DicomStatusDetail? detail = null) => Respond(
            presentationID,
            messageID,
            new(CommandField.NGetRq, affectedClass, status) { Instance = instance, DataSet = dataSet, Detail = detail });

    /// <summary>Called for an N-GET-RQ; to be answered by SendNGetResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">The SOP class of the instance.</param>
    /// <param name="instance">The instance. The peer's text: never to be used as a file name unchecked.</param>
    /// <param name="attributes">The tags wanted, each with its group in the upper half; none: all.</param>
    /// <remarks>The base raises <see cref="NGetRequestReceived"/>; if nobody answers, it answers 0211H, unrecognized operation.</remarks>
    protected virtual void OnReceiveNGetRequest(
        byte presentationID, int messageID, string affectedClass, string instance, long[] attributes)
    {
        var question = new DicomNGetRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
            Attributes = attributes,
        };
        Raise(net => net.NGetRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.UnrecognizedOperation);
    }

    /// <summary>Called for an N-GET-RSP.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="NGetResponseReceived"/>.</remarks>
    protected virtual void OnReceiveNGetResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Raise(
            net => net.NGetResponseReceived,
            new DicomNGetResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Instance = instance,
                DataSet = dataSet,
                Detail = StatusDetail,
            });

    private void TellNGetRequest(DimseMessage request) => OnReceiveNGetRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance,
        [.. request.Command.AttributeIdentifierList.Select(tag => (long)tag)]);

    private void TellNGetResponse(DimseMessage response) => OnReceiveNGetResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status, response.DataSet);
}
