namespace Dicom.Net;

/// <summary>An N-DELETE-RQ (PS3.7 §10.1.6), for an <see cref="INDeleteHandler"/>.</summary>
public sealed class DicomNDeleteRequest : DicomNRequest
{
    internal DicomNDeleteRequest(DicomAssociationContext association, DicomNDeleteRequestEventArgs question)
        : base(association, question, question.Instance, dataSet: null)
    {
    }
}
