namespace Dicom.Net;

/// <summary>Has a say in the associations of a listener, and is told when they have ended. Registered in <see cref="DicomHandlers"/>.</summary>
public interface IDicomAssociationHandler : IDicomServiceHandler
{
    /// <summary>
    /// Decides about an association that a peer asks for, once <see cref="DicomNetOptions.Admission"/> and the limits have let it in.
    /// </summary>
    /// <param name="association">Who asks, and for what: <see cref="DicomAssociationContext.Requested"/>.</param>
    /// <param name="cancellationToken">Cancelled when the peer has gone.</param>
    /// <returns>
    /// <see cref="DicomAdmissionDecision.Accept"/>, <see cref="DicomAdmissionDecision.Reject"/>; or null: the next handler decides, and after the
    /// last one it is accepted with what <see cref="DicomHandlers.Supported"/> says. An exception rejects it (1/1/1).
    /// </returns>
    ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken);

    /// <summary>
    /// An association that this handler was asked about is over, and all its calls to handlers have returned. CloseAsync of the listener awaits it.
    /// </summary>
    /// <param name="association">The association.</param>
    /// <param name="end">Success after a release or a rejection; else what has ended it.</param>
    ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end) => default;
}
