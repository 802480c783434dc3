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
            DicomListenerState.Stopping => new HealthCheckResult(
                HealthStatus.Degraded, "Stops: associations that stand go on, and none begins."),
            _ => new HealthCheckResult(context.Registration.FailureStatus, "Does not listen."),
        });
}
