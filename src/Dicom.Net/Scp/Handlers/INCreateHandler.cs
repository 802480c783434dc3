namespace Dicom.Net;

/// <summary>Serves N-CREATE (PS3.7 §10.1.5): makes an instance.</summary>
public interface INCreateHandler : IDicomServiceHandler
{
    /// <summary>Answers an N-CREATE-RQ.</summary>
    /// <param name="request">The request. Its data set lives until this returns.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome, with the UID where this side has chosen it; its data set may have the attributes as they were created.</returns>
    ValueTask<DicomOutcome> CreateAsync(DicomNCreateRequest request, CancellationToken cancellationToken);
}
