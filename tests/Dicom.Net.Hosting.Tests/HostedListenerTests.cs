using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dicom.Net.Hosting.Tests;

/// <summary>A listener starts, serves and stops with its host.</summary>
public sealed class HostedListenerTests
{
    private readonly HandlerRecord _record = new();

    [Fact]
    public async Task Host_AHandlerOfTheContainer_IsOneForEachAssociationAndEndsWithIt()
    {
        _record.Free.SetResult();
        await using var host = await StartAsync();
        using var instance = TestInstance.Create();
        using (var one = await host.AssociateAsync())
        {
            Assert.Equal(DicomCommandStatusType.Success, await one.EchoAsync());
            Assert.Equal(DicomCommandStatusType.Success, await one.StoreAsync(instance));
            Assert.Equal(DicomCommandStatusType.Success, await one.StoreAsync(instance));
            await one.ReleaseAsync();
        }

        using var other = await host.AssociateAsync();
        Assert.Equal(DicomCommandStatusType.Success, await other.StoreAsync(instance));

        var made = _record.Made.ToArray();
        Assert.Equal([2, 1], made.Select(store => store.Stores));
        Assert.All(made, store => Assert.Equal("SCU", store.Association.Calling));
        await made[0].Disposed.Task.WithTimeout();
        Assert.False(made[1].Disposed.Task.IsCompleted);
    }

    [Fact]
    public async Task Host_Stops_WaitsForTheAssociationsAndTheirScopes()
    {
        await using var host = await StartAsync();
        using var scu = await host.AssociateAsync();
        using var instance = TestInstance.Create();
        var store = scu.StoreAsync(instance);
        await _record.Begun.Task.WithTimeout();

        var stop = host.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => host.Listener.State == DicomListenerState.Stopping);
        Assert.False(stop.IsCompleted);
        _record.Free.SetResult();

        Assert.Equal(DicomCommandStatusType.Success, await store);
        await scu.ReleaseAsync();
        await stop.WithTimeout();
        Assert.Equal(DicomListenerState.Stopped, host.Listener.State);
        Assert.All(_record.Made, made => Assert.True(made.Disposed.Task.IsCompleted));
    }

    [Fact]
    public async Task Host_StopsAndIsAtItsDeadline_AbortsAndTellsTheHandlers()
    {
        await using var host = await StartAsync();
        using var scu = await host.AssociateAsync();
        using var instance = TestInstance.Create();
        scu.SendStore(instance);
        await _record.Begun.Task.WithTimeout();

        await host.Host.StopAsync(new CancellationToken(canceled: true)).WithTimeout();

        Assert.NotEqual(DicomExceptionCode.Success, (await scu.ClosedAsync()).Error);
        var made = Assert.Single(_record.Made);
        await made.Disposed.Task.WithTimeout();
        Assert.True(made.WasCancelled);
    }

    [Fact]
    public async Task Host_StopsAfterAReloadOfBadConfiguration_LetsAssociationsEndAllTheSame()
    {
        _record.Free.SetResult();
        await using var host = await TestHost.StartedAsync(
            (services, configuration) =>
            {
                services.AddSingleton(_record);
                services.AddDicomNet(configuration.GetSection("Dicom")).AddHandler<RecordingStore>();
            },
            ("Dicom:Host", "127.0.0.1"), ("Dicom:Port", "0"), ("Dicom:IpType", "IPv4"), ("Dicom:SopClasses:0", TestInstance.SopClass));
        using var scu = await host.AssociateAsync();
        var configuration = (IConfigurationRoot)host.Host.Services.GetRequiredService<IConfiguration>();
        configuration["Dicom:Backlog"] = "0";

        // Options that are watched say so to whoever reloads.
        Assert.IsType<OptionsValidationException>(Assert.Throws<AggregateException>(configuration.Reload).InnerException);

        var stopping = host.Host.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => host.Listener.State == DicomListenerState.Stopping);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();

        await stopping.WithTimeout();
        Assert.Equal(DicomListenerState.Stopped, host.Listener.State);
    }

    [Fact]
    public async Task Host_SeveralListeners_EachServesItsOwn()
    {
        await using var host = await TestHost.StartedAsync((services, _) =>
        {
            services.AddDicomNet("one", TestHost.Local).AddHandlers((_, handlers) =>
                handlers.OnCEcho((_, _) => new(DicomCommandStatusType.NotAuthorized)));
            services.AddDicomNet("other", TestHost.Local);
        });

        Assert.Equal(DicomCommandStatusType.NotAuthorized, await EchoAsync(host, "one"));
        Assert.Equal(DicomCommandStatusType.Success, await EchoAsync(host, "other"));
    }

    [Fact]
    public async Task Host_StopsAndOneListenerIsHeldUpToTheDeadline_TheOtherHasDrainedLongBefore()
    {
        await using var host = await TestHost.StartedAsync((services, _) =>
        {
            services.AddSingleton(_record);
            services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
            services.AddDicomNet("store", options =>
            {
                TestHost.Local(options);
                options.HealthPort = 0;
            }).AddHandler<RecordingStore>();
            services.AddDicomNet("worklist", TestHost.Local); // Stopped first: the host goes backwards.
        });
        var store = host.Named("store").Net;
        using var holding = await TestScu.AssociatedAsync(host.Named("worklist").Net.HostPort, DicomUids.Verification);
        using var storing = await TestScu.AssociatedAsync(store.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create();
        var stored = storing.StoreAsync(instance);
        await _record.Begun.Task.WithTimeout();

        using var deadline = new CancellationTokenSource();
        var stop = host.Host.StopAsync(deadline.Token);
        await Eventually.True(() => store.HealthPort == 0 && store.LocalEndPoints.Count == 0);
        _record.Free.SetResult();

        Assert.Equal(DicomCommandStatusType.Success, await stored);
        await storing.ReleaseAsync();
        Assert.False(stop.IsCompleted);
        Assert.Equal(DicomCommandStatusType.Success, await holding.EchoAsync());
        await deadline.CancelAsync();
        await stop.WithTimeout();
        Assert.Equal(DicomExceptionCode.NetAssociationAborted, (await holding.ClosedAsync()).Error);
        Assert.Equal(DicomListenerState.Stopped, host.Named("store").State);
    }

    [Fact]
    public void AddDicomNet_TheSameNameTwice_IsAnError()
    {
        var services = new ServiceCollection();
        services.AddDicomNet("one", TestHost.Local);

        Assert.Throws<InvalidOperationException>(() => services.AddDicomNet("one", TestHost.Local));
    }

    [Fact]
    public async Task Net_BeforeTheHostStarts_IsAnError()
    {
        await using var host = TestHost.Built((services, _) => services.AddDicomNet(TestHost.Local));

        Assert.Equal(DicomListenerState.Stopped, host.Listener.State);
        Assert.Throws<InvalidOperationException>(() => host.Listener.Net);
    }

    [Fact]
    public async Task ConfigureNetwork_ChangesTheOptions_TheyHold()
    {
        await using var host = await TestHost.StartedAsync((services, _) => services
            .AddDicomNet(TestHost.Local)
            .ConfigureNetwork((_, options) => options with { Admission = new DicomAdmission { CalledTitles = ["ANOTHER"] } }));
        using var scu = new TestScu();

        var rejected = await scu.AssociateInVainAsync(host.Port, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomAssociateRejectReasonType.Called, rejected.Reason);
    }

    private Task<TestHost> StartAsync() => TestHost.StartedAsync((services, _) =>
    {
        services.AddSingleton(_record);
        services.AddDicomNet(TestHost.Local).AddHandler<RecordingStore>();
    });

    private static async Task<DicomCommandStatusType> EchoAsync(TestHost host, string name)
    {
        using var scu = await TestScu.AssociatedAsync(host.Named(name).Net.HostPort, DicomUids.Verification);
        return await scu.EchoAsync();
    }
}
