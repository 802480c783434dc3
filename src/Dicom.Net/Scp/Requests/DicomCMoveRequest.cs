namespace Dicom.Net;

/// <summary>A C-MOVE-RQ (PS3.7 §9.1.4), for an <see cref="ICMoveHandler"/>.</summary>
public sealed class DicomCMoveRequest : DicomRetrieveRequest
{
    internal DicomCMoveRequest(DicomAssociationContext association, DicomCMoveRequestEventArgs question, RetrieveProgress progress)
        : base(association, question, progress)
        => Destination = question.MoveAE.Trim(' ');

    /// <summary>The AE title that the instances go to, without spaces around it. The peer's text: it names a title, never an address.</summary>
    public string Destination { get; }
}
