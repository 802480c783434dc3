namespace Dicom.Net;

/// <summary>A request whose answer takes several responses: C-FIND, C-GET, C-MOVE.</summary>
public abstract class DicomQueryRequest : DicomRequest
{
    private Action<DicomCommandStatusType>? _tell;

    private protected DicomQueryRequest(
        DicomAssociationContext association, DicomRequestEventArgs question, DicomCommandPriorityType priority, DicomDataSet? identifier)
        : base(association, question)
    {
        Priority = priority;
        Identifier = identifier ?? throw new DicomRefusalException(DicomCommandStatusType.CannotUnderstand, "there is no identifier");
    }

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority { get; }

    /// <summary>What is asked for. It lives until the final response.</summary>
    public DicomDataSet Identifier { get; }

    /// <summary>Has somebody told of the end: of the final status, whether the peer was still there to read it or not.</summary>
    /// <param name="tell">Called once, on a thread of the pool; what it throws is logged.</param>
    public void WhenAnswered(Action<DicomCommandStatusType> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        _tell += tell;
    }

    internal void TellAnswered(DicomCommandStatusType status) => _tell?.Invoke(status);
}
