namespace Dicom.Net;

/// <summary>Where the instances of a retrieval go.</summary>
internal interface IRetrieveTarget : IAsyncDisposable
{
    /// <summary>So many instances are gathered before the first is sent: what an association is asked for must be known when it begins.</summary>
    int MostAtOnce => InstanceBatches.MostInstances;

    /// <summary>Gets ready for instances of some kinds.</summary>
    /// <exception cref="DicomException">They cannot be sent.</exception>
    Task PrepareAsync(IReadOnlyCollection<StorageKind> kinds, CancellationToken cancellationToken);

    /// <summary>The presentation context for instances of a kind; 0: there is none.</summary>
    byte FindContext(StorageKind kind);

    /// <summary>Sends one, and awaits the answer.</summary>
    /// <exception cref="DicomException">It cannot be sent; whether the next can, the code says.</exception>
    Task<DicomCommandStatusType> StoreAsync(byte context, DicomInstance instance, DicomDataSet dataSet);
}
