namespace Dicom.Net;

/// <summary>Serves C-FIND (PS3.7 §9.1.2): queries, worklists.</summary>
public interface ICFindHandler : IDicomServiceHandler
{
    /// <summary>Finds what matches. Called on a thread of the pool.</summary>
    /// <param name="request">The request, with what is asked for.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>
    /// The matches, each an identifier. The next one is asked for when this one has been queued, no faster than the peer takes them; until then
    /// it is not to be changed. Each is sent with a pending status, and after the last one comes success; FE00H, if the peer has cancelled.
    /// </returns>
    IAsyncEnumerable<DicomDataSet> FindAsync(DicomCFindRequest request, CancellationToken cancellationToken);
}
