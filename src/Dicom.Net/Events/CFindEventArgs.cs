using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>The event CFindRequestReceived (PS3.7 §9.1.2). Default answer: 0122H, SOP class not supported.</summary>
public sealed class DicomCFindRequestEventArgs : DicomRequestEventArgs
{
    internal DicomCFindRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    internal override CommandField Request => CommandField.CFindRq;

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority { get; init; }

    /// <summary>The identifier; it lives until the last response. Null when its bytes went to a stream.</summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Answers: with a pending status and a match for each of them, and at last with another status alone.</summary>
    /// <param name="status">Pending or PendingWarning: more follow. Any other: this was the last.</param>
    /// <param name="dataSet">The match, where the status is pending.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(DicomCommandStatusType status, DicomDataSet? dataSet = null, DicomStatusDetail? detail = null) =>
        Respond(ResponseOf(status) with { DataSet = dataSet, Detail = detail });
}

/// <summary>The event CFindResponseReceived (PS3.7 §9.1.2).</summary>
public sealed class DicomCFindResponseEventArgs : DicomResponseEventArgs
{
    internal DicomCFindResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>The match, valid during the event; null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }
}
