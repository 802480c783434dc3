namespace Dicom.Net;

/// <summary>A C-GET-RQ (PS3.7 §9.1.3), for an <see cref="ICGetHandler"/>.</summary>
public sealed class DicomCGetRequest : DicomRetrieveRequest
{
    internal DicomCGetRequest(DicomAssociationContext association, DicomCGetRequestEventArgs question, RetrieveProgress progress)
        : base(association, question, progress)
    {
    }
}
