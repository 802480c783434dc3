using Dicom.Net.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

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

    [Fact]
    public async Task Health_FromWhenTheStopBegins_IsUnhealthyWhileAssociationsStillBegin()
    {
        await using var host = await TestHost.StartedAsync((services, _) =>
        {
            services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
            services.AddDicomNet(options =>
            {
                TestHost.Local(options);
                (options.HealthPort, options.DrainDelay) = (0, TimeSpan.FromDays(1));
            });
            services.AddHealthChecks().AddDicomNet();
        });

        using var deadline = new CancellationTokenSource();
        var stop = host.Host.StopAsync(deadline.Token);

        await Eventually.True(() => host.Listener.Net.HealthPort == 0);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
        using var scu = await host.AssociateAsync();
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(stop.IsCompleted);
        await deadline.CancelAsync();
        await stop.WithTimeout();
    }

    [Fact]
    public async Task Health_TheApplicationClosesTheListener_IsUnhealthyAndTheStopGoesOn()
    {
        await using var host = await TestHost.StartedAsync((services, _) =>
        {
            services.AddDicomNet(TestHost.Local);
            services.AddHealthChecks().AddDicomNet();
        });
        using var scu = await host.AssociateAsync();

        host.Listener.Net.Close();

        Assert.Equal(DicomListenerState.Stopped, host.Listener.State);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);

        // Its associations stand all the same, and the host lets them come to their end.
        var stop = host.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => host.Listener.State == DicomListenerState.Stopping);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();
        await stop.WithTimeout();
    }

    private static Task<HealthReport> CheckAsync(TestHost host) =>
        host.Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken).WithTimeout();
}
