namespace Dicom.Net;

/// <summary>The event CStoreRequestReceived (PS3.7 §9.1.1). Default answer: 0122H, SOP class not supported.</summary>
public sealed class DicomCStoreRequestEventArgs : DicomQuestionEventArgs
{
    internal DicomCStoreRequestEventArgs(DicomNet net, byte presentationID, int messageID)
        : base(net)
    {
        PresentationID = presentationID;
        MessageID = messageID;
    }

    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; }

    /// <summary>The message id, 0 to 65535.</summary>
    public int MessageID { get; }

    /// <summary>Affected SOP Class UID.</summary>
    public required string AffectedClass { get; init; }

    /// <summary>Affected SOP Instance UID. The peer's text: never to be used as a file name unchecked.</summary>
    public required string Instance { get; init; }

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority { get; init; }

    /// <summary>The AE title whose C-MOVE caused this; empty when none did.</summary>
    public string MoveAE { get; init; } = "";

    /// <summary>The message id of that C-MOVE; 0 when none.</summary>
    public int MoveMessageID { get; init; }

    /// <summary>
    /// The instance. It lives until the request is answered: save it before. Null when the bytes went to a stream of the application's.
    /// </summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Answers. What must be kept has to be where it should be before this is called with success.</summary>
    public DicomNetResult Respond(DicomCommandStatusType status) =>
        Answered(Net.SendCStoreResponse(PresentationID, MessageID, AffectedClass, Instance, status));
}

/// <summary>The event CStoreResponseReceived.</summary>
public sealed class DicomCStoreResponseEventArgs(
    byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) : EventArgs
{
    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; } = presentationID;

    /// <summary>The message id of the request.</summary>
    public int MessageID { get; } = messageID;

    /// <summary>Affected SOP Class UID; empty when the peer left it out.</summary>
    public string AffectedClass { get; } = affectedClass;

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public string Instance { get; } = instance;

    /// <summary>The outcome.</summary>
    public DicomCommandStatusType Status { get; } = status;
}
