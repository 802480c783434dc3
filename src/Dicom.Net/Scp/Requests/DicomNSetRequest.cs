namespace Dicom.Net;

/// <summary>An N-SET-RQ (PS3.7 §10.1.3), for an <see cref="INSetHandler"/>.</summary>
public sealed class DicomNSetRequest : DicomNRequest
{
    internal DicomNSetRequest(DicomAssociationContext association, DicomNSetRequestEventArgs question)
        : base(association, question, question.Instance, question.DataSet)
    {
    }
}
