namespace Dicom.Net;

/// <summary>Serves N-SET (PS3.7 §10.1.3): changes an instance.</summary>
public interface INSetHandler : IDicomServiceHandler
{
    /// <summary>Answers an N-SET-RQ.</summary>
    /// <param name="request">The request. Its data set lives until this returns.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome; its data set may have the attributes as they are now.</returns>
    ValueTask<DicomOutcome> SetAsync(DicomNSetRequest request, CancellationToken cancellationToken);
}
