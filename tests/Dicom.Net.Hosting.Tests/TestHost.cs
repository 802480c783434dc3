using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Hosting.Tests;

/// <summary>A real host with a listener on 127.0.0.1, at a port of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private TestHost(IHost host) => Host = host;

    public IHost Host { get; }

    public DicomListener Listener => Host.Services.GetRequiredService<DicomListener>();

    public DicomListener Named(string name) => Host.Services.GetRequiredKeyedService<DicomListener>(name);

    public int Port => Listener.Net.HostPort;

    public static TestHost Built(Action<IServiceCollection, IConfiguration> furnish, params (string Key, string? Value)[] configuration)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        builder.Logging.ClearProviders();
        furnish(builder.Services, builder.Configuration);
        return new(builder.Build());
    }

    public static async Task<TestHost> StartedAsync(
        Action<IServiceCollection, IConfiguration> furnish, params (string Key, string? Value)[] configuration)
    {
        var host = Built(furnish, configuration);
        await host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout();
        return host;
    }

    /// <summary>The options of most tests.</summary>
    public static void Local(DicomListenerOptions options)
    {
        (options.Host, options.Port, options.IpType) = ("127.0.0.1", 0, IpType.IPv4);
        options.SopClasses.Add(TestInstance.SopClass);
    }

    public Task<TestScu> AssociateAsync() => TestScu.AssociatedAsync(Port, DicomUids.Verification, TestInstance.SopClass);

    public async ValueTask DisposeAsync()
    {
        // As a host that is killed: nothing waits.
        await Host.StopAsync(new CancellationToken(canceled: true)).WithTimeout();
        Host.Dispose();
    }
}
