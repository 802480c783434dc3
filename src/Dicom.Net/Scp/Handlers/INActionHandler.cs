namespace Dicom.Net;

/// <summary>Serves N-ACTION (PS3.7 §10.1.4): does something with an instance.</summary>
public interface INActionHandler : IDicomServiceHandler
{
    /// <summary>Answers an N-ACTION-RQ.</summary>
    /// <param name="request">The request. Its data set lives until this returns.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome; its data set is the action reply.</returns>
    ValueTask<DicomOutcome> ActAsync(DicomNActionRequest request, CancellationToken cancellationToken);
}
