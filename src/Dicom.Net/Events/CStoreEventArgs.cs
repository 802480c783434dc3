using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event CStoreRequestReceived (PS3.7 §9.1.1). Default answer: 0122H, SOP class not supported.</summary>
public sealed class DicomCStoreRequestEventArgs : DicomRequestEventArgs
{
    internal DicomCStoreRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.CStoreRq;

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

    /// <summary>The stream of a handler that its bytes went to.</summary>
    internal Stream? Destination { get; set; }

    /// <summary>Answers. What must be kept has to be where it should be before this is called with success.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with { Instance = Instance, Detail = detail });
}

/// <summary>The event CStoreResponseReceived.</summary>
public sealed class DicomCStoreResponseEventArgs : DicomResponseEventArgs
{
    internal DicomCStoreResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public required string Instance { get; init; }
}
