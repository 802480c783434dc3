namespace Dicom.Net;

/// <summary>An N-CREATE-RQ (PS3.7 §10.1.5), for an <see cref="INCreateHandler"/>.</summary>
public sealed class DicomNCreateRequest : DicomNRequest
{
    internal DicomNCreateRequest(DicomAssociationContext association, DicomNCreateRequestEventArgs question)
        : base(association, question, question.Instance, question.DataSet)
    {
    }
}
