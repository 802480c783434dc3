namespace Dicom.Net;

/// <summary>Serves N-EVENT-REPORT (PS3.7 §10.1.1): takes note of an event that a provider reports.</summary>
public interface INEventReportHandler : IDicomServiceHandler
{
    /// <summary>Answers an N-EVENT-REPORT-RQ.</summary>
    /// <param name="request">The request. Its data set lives until this returns.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>The outcome; its data set is the event reply.</returns>
    ValueTask<DicomOutcome> ReportAsync(DicomNEventReportRequest request, CancellationToken cancellationToken);
}
