namespace Dicom.Net;

/// <summary>Where the instances of a retrieval go.</summary>
internal interface IRetrieveTarget : IAsyncDisposable
{
    /// <summary>Gets ready for instances of some kinds.</summary>
    /// <exception cref="DicomException">They cannot be sent.</exception>
    Task PrepareAsync(IReadOnlyCollection<StorageKind> kinds, CancellationToken cancellationToken);

    /// <summary>Sends one, and awaits the answer.</summary>
    /// <exception cref="DicomException">It cannot be sent, nor can the next.</exception>
    Task<DicomCommandStatusType> StoreAsync(DicomInstance instance, CancellationToken cancellationToken);
}
