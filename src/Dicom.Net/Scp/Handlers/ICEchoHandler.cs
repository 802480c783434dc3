namespace Dicom.Net;

/// <summary>Serves C-ECHO (PS3.7 §9.1.5). Without one the answer is success, as Verification wants it (PS3.4 Annex A).</summary>
public interface ICEchoHandler : IDicomServiceHandler
{
    /// <summary>Answers a C-ECHO-RQ.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome.</returns>
    ValueTask<DicomOutcome> EchoAsync(DicomCEchoRequest request, CancellationToken cancellationToken);
}
