namespace Dicom.Net.Samples;

/// <summary>Where the instances of a retrieval go: one after the other, each with an answer of its own.</summary>
internal interface IStorageDestination
{
    /// <summary>Gets ready for instances of some kinds, at most <see cref="StorageContexts.MaximumKinds"/>.</summary>
    /// <exception cref="DicomException">They cannot be sent.</exception>
    Task OpenAsync(IEnumerable<(string SopClass, string TransferSyntax)> kinds);

    /// <summary>Sends one, and awaits the answer.</summary>
    /// <exception cref="DicomException">It cannot be sent, nor can the next.</exception>
    Task<DicomCommandStatusType> StoreAsync(StoredInstance instance, DicomDataSet dataSet);

    /// <summary>No more are sent.</summary>
    Task CloseAsync();
}
