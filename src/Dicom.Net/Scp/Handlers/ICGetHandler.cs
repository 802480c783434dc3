namespace Dicom.Net;

/// <summary>
/// Serves C-GET (PS3.7 §9.1.3): the instances are sent on the association that asks, where the peer needs the role of provider (SCP) for their
/// SOP classes (<see cref="DicomSupportedService.ProviderRole"/>).
/// </summary>
public interface ICGetHandler : IDicomServiceHandler
{
    /// <summary>Finds what is to be sent. Called on a thread of the pool.</summary>
    /// <param name="request">The request; set <see cref="DicomRetrieveRequest.Count"/> before the first instance, if the number is known.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>
    /// The instances. The library sends them one after the other, counts what becomes of them, and tells the peer; a C-CANCEL ends that after the
    /// one that is under way.
    /// </returns>
    IAsyncEnumerable<DicomInstance> GetAsync(DicomCGetRequest request, CancellationToken cancellationToken);
}
