using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event NCreateRequestReceived (PS3.7 §10.1.5). Default answer: 0211H, unrecognized operation.</summary>
public sealed class DicomNCreateRequestEventArgs : DicomRequestEventArgs
{
    internal DicomNCreateRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.NCreateRq;

    /// <summary>The instance; empty: the UID is for this side to choose. The peer's text: never to be used as a file name unchecked.</summary>
    public required string Instance { get; init; }

    /// <summary>The attributes of the new instance; it lives until the request is answered. Null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Answers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="instance">The UID that was chosen, where the request has none; null: that of the request.</param>
    /// <param name="dataSet">The attributes of the instance as it was created; null to leave them out.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(
        DicomCommandStatusType status, string? instance = null, DicomDataSet? dataSet = null, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with
        {
            Instance = instance ?? Instance,
            DataSet = dataSet,
            Detail = detail,
        });
}

/// <summary>The event NCreateResponseReceived (PS3.7 §10.1.5).</summary>
public sealed class DicomNCreateResponseEventArgs : DicomResponseEventArgs
{
    internal DicomNCreateResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public required string Instance { get; init; }

    /// <summary>The attributes of the instance as it was created, valid during the event; null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }
}
