using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>What two sides have agreed on: as the application sees it, and what follows for requests.</summary>
internal sealed record AssociationAgreement(DicomAssociate Association, AgreedOperations Operations)
{
    /// <summary>The transfer syntax of an accepted context.</summary>
    public string TransferSyntaxOf(byte contextId) => Association.GetTransfer(contextId, 0);
}
