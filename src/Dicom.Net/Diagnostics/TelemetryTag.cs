namespace Dicom.Net.Diagnostics;

/// <summary>
/// The attributes of instruments and spans. Names of the OpenTelemetry semantic conventions where they have one, else <c>dicom.</c> and the
/// standard's words.
/// </summary>
internal static class TelemetryTag
{
    public const string AssociationId = "dicom.association.id";
    public const string PartInAssociation = "dicom.association.role";
    public const string CallingTitle = "dicom.ae.calling";
    public const string CalledTitle = "dicom.ae.called";
    public const string RejectResult = "dicom.reject.result";
    public const string RejectSource = "dicom.reject.source";
    public const string RejectReason = "dicom.reject.reason";
    public const string AbortSide = "dicom.abort.side";
    public const string AbortSource = "dicom.abort.source";
    public const string Service = "dicom.service";
    public const string PartInOperation = "dicom.operation.role";
    public const string StatusClass = "dicom.status.class";
    public const string Status = "dicom.status";
    public const string SopClass = "dicom.sop_class";
    public const string MessageId = "dicom.message.id";
    public const string PresentationContextId = "dicom.presentation_context.id";
    public const string KindOfPdu = "dicom.pdu.type";
    public const string TimeoutKind = "dicom.timeout.kind";
    public const string Reason = "dicom.refusal.reason";

    public const string Direction = "network.io.direction";
    public const string PeerAddress = "network.peer.address";
    public const string PeerPort = "network.peer.port";
    public const string OwnAddress = "network.local.address";
    public const string OwnPort = "network.local.port";
    public const string ErrorType = "error.type";

    public const string Requestor = "requestor";
    public const string Acceptor = "acceptor";
    public const string Invoker = "invoker";
    public const string Performer = "performer";
    public const string Transmit = "transmit";
    public const string Receive = "receive";
}
