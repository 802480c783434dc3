namespace Dicom.Net;

/// <summary>The event CEchoRequestReceived (PS3.7 §9.1.5). Default answer: success, as Verification wants it (PS3.4 Annex A).</summary>
public sealed class DicomCEchoRequestEventArgs : DicomQuestionEventArgs
{
    internal DicomCEchoRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net)
    {
        PresentationID = presentationID;
        MessageID = messageID;
        AffectedClass = affectedClass;
    }

    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; }

    /// <summary>The message id, 0 to 65535.</summary>
    public int MessageID { get; }

    /// <summary>Affected SOP Class UID.</summary>
    public string AffectedClass { get; }

    /// <summary>Answers.</summary>
    public DicomNetResult Respond(DicomCommandStatusType status) =>
        Answered(Net.SendCEchoResponse(PresentationID, MessageID, AffectedClass, status));
}

/// <summary>The event CEchoResponseReceived.</summary>
public sealed class DicomCEchoResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
    : EventArgs
{
    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; } = presentationID;

    /// <summary>The message id of the request.</summary>
    public int MessageID { get; } = messageID;

    /// <summary>Affected SOP Class UID; empty when the peer left it out.</summary>
    public string AffectedClass { get; } = affectedClass;

    /// <summary>The outcome.</summary>
    public DicomCommandStatusType Status { get; } = status;
}
