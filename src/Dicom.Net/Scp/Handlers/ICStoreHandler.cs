namespace Dicom.Net;

/// <summary>Serves C-STORE (PS3.7 §9.1.1): keeps the instances that a peer sends.</summary>
public interface ICStoreHandler : IDicomServiceHandler
{
    /// <summary>Keeps an instance, all of which has arrived.</summary>
    /// <param name="request">
    /// The request. Its data set lives until this returns, or until the association ends: to keep it, save it, which is a rename where it lies
    /// in the spool folder (<see cref="DicomDataSet.Save(string, bool, bool)"/>).
    /// </param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>
    /// The outcome; with success the peer may delete its own copy: return it when the instance is where it should be. An
    /// <see cref="IOException"/> is answered A700H, out of resources.
    /// </returns>
    ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken);
}
