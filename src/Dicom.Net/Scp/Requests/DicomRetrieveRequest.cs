namespace Dicom.Net;

/// <summary>A request to retrieve instances: C-GET or C-MOVE.</summary>
public abstract class DicomRetrieveRequest : DicomRequest
{
    private protected DicomRetrieveRequest(DicomAssociationContext association, DicomRetrieveRequestEventArgs question)
        : base(association, question)
    {
        Priority = question.Priority;
        Identifier = question.DataSet ?? throw new DicomRefusalException(DicomCommandStatusType.CannotUnderstand, "there is no identifier");
    }

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority { get; }

    /// <summary>What is to be sent. It lives until the last instance has been sent.</summary>
    public DicomDataSet Identifier { get; }

    /// <summary>
    /// How many instances there will be. Set before the first one, they are sent as they come; else all of them are asked for first, since the
    /// peer is told how many remain (PS3.7 §9.1.3.1.6, §9.1.4.1.7).
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
}
