namespace Dicom.Net;

/// <summary>Serves N-DELETE (PS3.7 §10.1.6): deletes an instance.</summary>
public interface INDeleteHandler : IDicomServiceHandler
{
    /// <summary>Answers an N-DELETE-RQ.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome.</returns>
    ValueTask<DicomOutcome> DeleteAsync(DicomNDeleteRequest request, CancellationToken cancellationToken);
}
