using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event NActionRequestReceived (PS3.7 §10.1.4). Default answer: 0211H, unrecognized operation.</summary>
public sealed class DicomNActionRequestEventArgs : DicomRequestEventArgs
{
    internal DicomNActionRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.NActionRq;

    /// <summary>The instance. The peer's text: never to be used as a file name unchecked.</summary>
    public required string Instance { get; init; }

    /// <summary>Action Type ID, 0 to 65535: its meaning is the SOP class's.</summary>
    public required int Action { get; init; }

    /// <summary>The action information; it lives until the request is answered. Null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Answers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The action reply; null for none.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomDataSet? dataSet = null, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with
        {
            Instance = Instance,
            TypeId = Action,
            DataSet = dataSet,
            Detail = detail,
        });
}

/// <summary>The event NActionResponseReceived (PS3.7 §10.1.4).</summary>
public sealed class DicomNActionResponseEventArgs : DicomResponseEventArgs
{
    internal DicomNActionResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public required string Instance { get; init; }

    /// <summary>Action Type ID, 0 to 65535: its meaning is the SOP class's; 0 when the peer left it out.</summary>
    public int Action { get; init; }

    /// <summary>The action reply, valid during the event; null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }
}
