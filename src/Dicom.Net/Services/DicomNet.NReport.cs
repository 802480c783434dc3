using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>N-EVENT-REPORT: notifications of events (PS3.7 §10.1.1).</summary>
public partial class DicomNet
{
    /// <summary>An N-EVENT-REPORT-RQ has arrived: see <see cref="OnReceiveNReportRequest"/>.</summary>
    public event EventHandler<DicomNReportRequestEventArgs>? NReportRequestReceived;

    /// <summary>An N-EVENT-REPORT-RSP has arrived: see <see cref="OnReceiveNReportResponse"/>.</summary>
    public event EventHandler<DicomNReportResponseEventArgs>? NReportResponseReceived;

    /// <summary>Sends an N-EVENT-REPORT-RQ (PS3.7 §10.3.1.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Affected SOP Class UID.</param>
    /// <param name="instance">Affected SOP Instance UID: where the event happened.</param>
    /// <param name="dicomEvent">Event Type ID, 0 to 65535: its meaning is the SOP class's.</param>
    /// <param name="dataSet">The event information; null for none. It may be disposed of as soon as this returns.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNReportRequest(
        byte presentationID, int messageID, string affectedClass, string instance, int dicomEvent, DicomDataSet? dataSet) => SendRequest(
            presentationID,
            messageID,
            id => CommandSet.NEventReportRq(id, affectedClass, instance, CommandNumber.UnsignedShort(dicomEvent, "An event type id"), dataSet is not null),
            dataSet);

    /// <summary>Answers an N-EVENT-REPORT-RQ (PS3.7 §10.3.1.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">SOP Class UID of the request.</param>
    /// <param name="instance">SOP Instance UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dicomEvent">Event Type ID, 0 to 65535: its meaning is the SOP class's.</param>
    /// <param name="dataSet">The event reply; null for none.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer, or one about another instance.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendNReportResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int dicomEvent,
        DicomDataSet? dataSet, DicomStatusDetail? detail = null) => Respond(
            presentationID,
            messageID,
            new(CommandField.NEventReportRq, affectedClass, status)
            {
                Instance = instance,
                TypeId = dicomEvent,
                DataSet = dataSet,
                Detail = detail,
            });

    /// <summary>Called for an N-EVENT-REPORT-RQ; to be answered by SendNReportResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">The SOP class of the instance.</param>
    /// <param name="instance">The instance. The peer's text: never to be used as a file name unchecked.</param>
    /// <param name="dicomEvent">Event Type ID, 0 to 65535: its meaning is the SOP class's.</param>
    /// <param name="dataSet">The event information; it lives until the response. Null when there is none.</param>
    /// <remarks>The base raises <see cref="NReportRequestReceived"/>; if nobody answers, it answers 0211H, unrecognized operation.</remarks>
    protected virtual void OnReceiveNReportRequest(
        byte presentationID, int messageID, string affectedClass, string instance, int dicomEvent, DicomDataSet? dataSet)
    {
        var question = new DicomNReportRequestEventArgs(this, presentationID, messageID, affectedClass)
        {
            Instance = instance,
            DicomEvent = dicomEvent,
            DataSet = dataSet,
        };
        Raise(net => net.NReportRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.UnrecognizedOperation);
    }

    /// <summary>Called for an N-EVENT-REPORT-RSP.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="instance">Affected SOP Instance UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="dicomEvent">Event Type ID, 0 to 65535: its meaning is the SOP class's; 0 when the peer left it out.</param>
    /// <param name="dataSet">The event reply, valid during the call; null when there is none.</param>
    /// <remarks>The base raises <see cref="NReportResponseReceived"/>.</remarks>
    protected virtual void OnReceiveNReportResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int dicomEvent,
        DicomDataSet? dataSet) =>
        Raise(
            net => net.NReportResponseReceived,
            new DicomNReportResponseEventArgs(presentationID, messageID, affectedClass, status)
            {
                Instance = instance,
                DicomEvent = dicomEvent,
                DataSet = dataSet,
                Detail = StatusDetail,
            });

    private void TellNReportRequest(DimseMessage request) => OnReceiveNReportRequest(
        request.PresentationContextId, request.MessageId, request.SopClass, request.SopInstance,
        request.Command.EventTypeId ?? 0, request.DataSet);

    private void TellNReportResponse(DimseMessage response) => OnReceiveNReportResponse(
        response.PresentationContextId, response.MessageId, response.SopClass, response.SopInstance, response.Status,
        response.Command.EventTypeId ?? 0, response.DataSet);
}
