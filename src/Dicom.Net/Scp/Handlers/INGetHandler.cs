namespace Dicom.Net;

/// <summary>Serves N-GET (PS3.7 §10.1.2): tells the attributes of an instance.</summary>
public interface INGetHandler : IDicomServiceHandler
{
    /// <summary>Answers an N-GET-RQ.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome; its data set has the attributes.</returns>
    ValueTask<DicomOutcome> GetAsync(DicomNGetRequest request, CancellationToken cancellationToken);
}
