using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event NSetRequestReceived (PS3.7 §10.1.3). Default answer: 0211H, unrecognized operation.</summary>
public sealed class DicomNSetRequestEventArgs : DicomRequestEventArgs
{
    internal DicomNSetRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.NSetRq;

    /// <summary>The instance. The peer's text: never to be used as a file name unchecked.</summary>
    public required string Instance { get; init; }

    /// <summary>The modification list; it lives until the request is answered. Null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Answers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes as they are now; null to leave them out.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomDataSet? dataSet = null, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with { Instance = Instance, DataSet = dataSet, Detail = detail });
}

/// <summary>The event NSetResponseReceived (PS3.7 §10.1.3).</summary>
public sealed class DicomNSetResponseEventArgs : DicomResponseEventArgs
{
    internal DicomNSetResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public required string Instance { get; init; }

    /// <summary>The attributes as they are now, valid during the event; null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }
}
