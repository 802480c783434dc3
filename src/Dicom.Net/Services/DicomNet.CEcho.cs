using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>C-ECHO: is the peer there? (PS3.7 §9.1.5).</summary>
public partial class DicomNet
{
    /// <summary>A C-ECHO-RQ has arrived: see <see cref="OnReceiveCEchoRequest"/>.</summary>
    public event EventHandler<DicomCEchoRequestEventArgs>? CEchoRequestReceived;

    /// <summary>A C-ECHO-RSP has arrived: see <see cref="OnReceiveCEchoResponse"/>.</summary>
    public event EventHandler<DicomCEchoResponseEventArgs>? CEchoResponseReceived;

    /// <summary>Sends a C-ECHO-RQ (PS3.7 §9.3.5.1).</summary>
    /// <param name="presentationID">An accepted presentation context.</param>
    /// <param name="messageID">0 to 65535, not in use by a request of this side: <see cref="NextMessageID"/>.</param>
    /// <param name="affectedClass">Affected SOP Class UID: <see cref="DicomUids.Verification"/>.</param>
    /// <returns>Success when it is queued.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCEchoRequest(byte presentationID, int messageID, string affectedClass) =>
        SendRequest(presentationID, messageID, id => CommandSet.CEchoRq(id, affectedClass));

    /// <summary>Answers a C-ECHO-RQ (PS3.7 §9.3.5.2).</summary>
    /// <param name="presentationID">The presentation context of the request.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID of the request.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued; InvalidState when no such request waits for an answer.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SendCEchoResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, DicomStatusDetail? detail = null) =>
        Respond(presentationID, messageID, new(CommandField.CEchoRq, affectedClass, status) { Detail = detail });

    /// <summary>Called for a C-ECHO-RQ (PS3.7 §9.3.5.1); to be answered by SendCEchoResponse.</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id, 0 to 65535.</param>
    /// <param name="affectedClass">Affected SOP Class UID.</param>
    /// <remarks>The base raises <see cref="CEchoRequestReceived"/>; if nobody answers, it answers success (PS3.4 §A.4).</remarks>
    protected virtual void OnReceiveCEchoRequest(byte presentationID, int messageID, string affectedClass)
    {
        var question = new DicomCEchoRequestEventArgs(this, presentationID, messageID, affectedClass);
        Raise(net => net.CEchoRequestReceived, question);
        AnswerIfNobodyDid(question, DicomCommandStatusType.Success);
    }

    /// <summary>Called for a C-ECHO-RSP (PS3.7 §9.3.5.2).</summary>
    /// <param name="presentationID">The presentation context.</param>
    /// <param name="messageID">The message id of the request.</param>
    /// <param name="affectedClass">Affected SOP Class UID; empty when the peer left it out.</param>
    /// <param name="status">The outcome.</param>
    /// <remarks>The base raises <see cref="CEchoResponseReceived"/>.</remarks>
    protected virtual void OnReceiveCEchoResponse(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status) =>
        Raise(
            net => net.CEchoResponseReceived,
            new DicomCEchoResponseEventArgs(presentationID, messageID, affectedClass, status) { Detail = StatusDetail });

    private void TellCEchoRequest(DimseMessage request) =>
        OnReceiveCEchoRequest(request.PresentationContextId, request.MessageId, request.SopClass);

    private void TellCEchoResponse(DimseMessage response) =>
        OnReceiveCEchoResponse(response.PresentationContextId, response.MessageId, response.SopClass, response.Status);
}
