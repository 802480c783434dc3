using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dicom.Net.Hosting;

/// <summary>Whether a listener listens, and how many have come.</summary>
internal sealed class DicomListenerHealthCheck(DicomListener listener) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(listener.State switch
        {
            DicomListenerState.Listening => new HealthCheckResult(
                HealthStatus.Healthy,
                $"Listens on {string.Join(", ", listener.Net.LocalEndPoints)}.",
                data: new Dictionary<string, object> { ["connections"] = listener.Net.GetClientCount() }),
            // As unhealthy as one that does not listen: whoever asks is to place nothing more here.
            DicomListenerState.Stopping => new HealthCheckResult(
                context.Registration.FailureStatus, "Stops: associations that stand go on, and others are to go elsewhere."),
            _ => new HealthCheckResult(context.Registration.FailureStatus, "Does not listen."),
        });
}
