namespace Dicom.Net;

/// <summary>A request to retrieve instances: C-GET or C-MOVE. It tells how far its sub-operations are.</summary>
public abstract class DicomRetrieveRequest : DicomQueryRequest
{
    private readonly RetrieveProgress _progress;

    private protected DicomRetrieveRequest(
        DicomAssociationContext association, DicomRetrieveRequestEventArgs question, RetrieveProgress progress)
        : base(association, question, question.Priority, question.DataSet)
        => _progress = progress;

    /// <summary>
    /// How many instances there will be. Set before the first one, those of a C-GET are sent as they come, and those of a C-MOVE in parts of up to
    /// 1000, each of which is asked for before its first is sent, since an association is negotiated for them; else all are asked for first,
    /// since the peer is told how many remain (PS3.7 §9.1.3.1.6, §9.1.4.1.7). What is announced and does not come counts as failed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int? Count
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value.GetValueOrDefault(), nameof(Count));
            field = value;
        }
    }

    /// <summary>Instances still to be sent, as far as it is known.</summary>
    public int Remaining => _progress.Remaining;

    /// <summary>Instances that were sent with success.</summary>
    public int Completed => _progress.Completed;

    /// <summary>Instances that could not be sent, or were refused.</summary>
    public int Failed => _progress.Failed;

    /// <summary>Instances that were sent with a warning.</summary>
    public int Warning => _progress.Warning;
}
