namespace Dicom.Net;

/// <summary>A C-ECHO-RQ (PS3.7 §9.1.5), for an <see cref="ICEchoHandler"/>.</summary>
public sealed class DicomCEchoRequest : DicomRequest
{
    internal DicomCEchoRequest(DicomAssociationContext association, DicomCEchoRequestEventArgs question)
        : base(association, question)
    {
    }
}
