using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event NGetRequestReceived (PS3.7 §10.1.2). Default answer: 0211H, unrecognized operation.</summary>
public sealed class DicomNGetRequestEventArgs : DicomRequestEventArgs
{
    internal DicomNGetRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.NGetRq;

    /// <summary>The instance. The peer's text: never to be used as a file name unchecked.</summary>
    public required string Instance { get; init; }

    /// <summary>The tags wanted, each with its group in the upper half; none: all.</summary>
    public IReadOnlyList<long> Attributes { get; init; } = [];

    /// <summary>Answers.</summary>
    /// <param name="status">The outcome.</param>
    /// <param name="dataSet">The attributes; null where the status is a failure.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomDataSet? dataSet = null, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with { Instance = Instance, DataSet = dataSet, Detail = detail });
}

/// <summary>The event NGetResponseReceived (PS3.7 §10.1.2).</summary>
public sealed class DicomNGetResponseEventArgs : DicomResponseEventArgs
{
    internal DicomNGetResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Affected SOP Instance UID; empty when the peer left it out.</summary>
    public required string Instance { get; init; }

    /// <summary>The attributes, valid during the event; null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }
}
