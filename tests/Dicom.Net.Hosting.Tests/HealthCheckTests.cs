using Dicom.Net.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dicom.Net.Hosting.Tests;

/// <summary>A listener is as healthy as it is ready.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task Health_FromBeforeTheStartToTheEnd_FollowsTheListener()
    {
        await using var host = TestHost.Built((services, _) =>
        {
            services.AddDicomNet(TestHost.Local);
            services.AddHealthChecks().AddDicomNet();
        });
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);

        await host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout();
        using var scu = await host.AssociateAsync();
        var listening = await CheckAsync(host);
        Assert.Equal(HealthStatus.Healthy, listening.Status);
        Assert.Equal(1, listening.Entries["dicom"].Data["connections"]);

        var stop = host.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => host.Listener.State == DicomListenerState.Stopping);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);

        await scu.ReleaseAsync();
        await stop.WithTimeout();
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
    }

    private static Task<HealthReport> CheckAsync(TestHost host) =>
        host.Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken).WithTimeout();
}
