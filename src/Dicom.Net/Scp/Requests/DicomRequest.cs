namespace Dicom.Net;

/// <summary>A peer's request, as its handler sees it.</summary>
public abstract class DicomRequest
{
    private protected DicomRequest(DicomAssociationContext association, DicomRequestEventArgs question)
    {
        Association = association;
        PresentationID = question.PresentationID;
        MessageID = question.MessageID;
        SopClass = question.AffectedClass;
    }

    /// <summary>The association that it came on.</summary>
    public DicomAssociationContext Association { get; }

    /// <summary>The presentation context.</summary>
    public byte PresentationID { get; }

    /// <summary>The message id, 0 to 65535.</summary>
    public int MessageID { get; }

    /// <summary>The SOP class: affected, or requested. The peer's text.</summary>
    public string SopClass { get; }

    /// <summary>The transfer syntax of the presentation context.</summary>
    public string TransferSyntax => Association.Agreed?.GetTransfer(PresentationID, 0) ?? "";
}
