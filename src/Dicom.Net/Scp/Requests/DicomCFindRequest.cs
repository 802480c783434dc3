namespace Dicom.Net;

/// <summary>A C-FIND-RQ (PS3.7 §9.1.2), for an <see cref="ICFindHandler"/>.</summary>
public sealed class DicomCFindRequest : DicomRequest
{
    internal DicomCFindRequest(DicomAssociationContext association, DicomCFindRequestEventArgs question)
        : base(association, question)
    {
        Priority = question.Priority;
        Identifier = question.DataSet ?? throw new DicomRefusalException(DicomCommandStatusType.CannotUnderstand, "there is no identifier");
    }

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority { get; }

    /// <summary>What is asked for. It lives until the last match has been taken.</summary>
    public DicomDataSet Identifier { get; }

    /// <summary>
    /// Set it to true before the first match, if some optional keys are not supported: then matches are sent with FF01H (PS3.4 Table C.4-1).
    /// </summary>
    public bool HasUnsupportedKeys { get; set; }
}
