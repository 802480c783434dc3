namespace Dicom.Net;

/// <summary>A request to retrieve instances: C-GET or C-MOVE.</summary>
public abstract class DicomRetrieveRequestEventArgs : DicomRequestEventArgs
{
    private protected DicomRetrieveRequestEventArgs(DicomNet net, byte presentationID, int messageID, string affectedClass)
        : base(net, presentationID, messageID, affectedClass)
    {
    }

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority { get; init; }

    /// <summary>The identifier; it lives until the last response. Null when its bytes went to a stream of the application's.</summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Answers: with a pending status as often as there is progress to tell, and at last with another one.</summary>
    /// <param name="status">Pending: more follow. Any other: this was the last.</param>
    /// <param name="remaining">Instances still to be sent.</param>
    /// <param name="completed">Instances sent with success.</param>
    /// <param name="failed">Instances that could not be sent.</param>
    /// <param name="warning">Instances sent with a warning.</param>
    /// <param name="dataSet">In a last response, the Failed SOP Instance UID List, if any failed.</param>
    /// <param name="detail">What else the response says of its status; null for nothing.</param>
    /// <returns>Success when it is queued.</returns>
    public DicomNetResult Respond(
        DicomCommandStatusType status, int remaining, int completed, int failed, int warning, DicomDataSet? dataSet = null,
        DicomStatusDetail? detail = null) => Respond(ResponseOf(status) with
        {
            Counts = new(remaining, completed, failed, warning),
            DataSet = dataSet,
            Detail = detail,
        });
}

/// <summary>The progress, or the outcome, of a C-GET or C-MOVE.</summary>
public abstract class DicomRetrieveResponseEventArgs : DicomResponseEventArgs
{
    private protected DicomRetrieveResponseEventArgs(byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status)
        : base(presentationID, messageID, affectedClass, status)
    {
    }

    /// <summary>Instances still to be sent; 0 when the peer left it out, as it does at the end.</summary>
    public int Remaining { get; init; }

    /// <summary>Instances sent with success.</summary>
    public int Completed { get; init; }

    /// <summary>Instances that could not be sent.</summary>
    public int Failed { get; init; }

    /// <summary>Instances sent with a warning.</summary>
    public int Warning { get; init; }

    /// <summary>The Failed SOP Instance UID List, valid during the event; null when there is none.</summary>
    public DicomDataSet? DataSet { get; init; }
}
