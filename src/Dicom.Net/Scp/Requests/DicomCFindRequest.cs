namespace Dicom.Net;

/// <summary>A C-FIND-RQ (PS3.7 §9.1.2), for an <see cref="ICFindHandler"/>.</summary>
public sealed class DicomCFindRequest : DicomQueryRequest
{
    internal DicomCFindRequest(DicomAssociationContext association, DicomCFindRequestEventArgs question)
        : base(association, question, question.Priority, question.DataSet)
    {
    }

    /// <summary>
    /// Set it to true before the first match, if some optional keys are not supported: then matches are sent with FF01H (PS3.4 Table C.4-1).
    /// </summary>
    public bool HasUnsupportedKeys { get; set; }
}
