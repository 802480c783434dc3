using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Hosting.Tests;

/// <summary>What a listener supports: what is stated, and Verification.</summary>
public sealed class SupportedServicesTests
{
    private const int HandlerUnused = 5003;
    private readonly RecordingLogger _log = new();
    private DicomNetOptions? _network;

    [Fact]
    public async Task Supports_WithoutVerification_ItIsSupportedBesides()
    {
        await using var host = await StartedAsync(builder => builder.Supports(Storage()));
        using var scu = await host.AssociateAsync();

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.NotEqual(0, scu.Net.Association!.FindAbstract(TestInstance.SopClass));
    }

    [Fact]
    public async Task Supports_WithoutVerification_AllElseIsAsStated()
    {
        var stated = Storage();
        await using var host = await StartedAsync(builder => builder.Supports(stated));

        var supported = _network!.Handlers!.Supported!;
        Assert.Same(stated.Services[0], supported.Services[0]);
        var untouched = new DicomSupportedServices();
        foreach (var property in typeof(DicomSupportedServices).GetProperties().Where(property => property.CanWrite))
        {
            // One that is added later has to be set here, and carried over.
            Assert.NotEqual(property.GetValue(untouched), property.GetValue(stated));
            Assert.Equal(property.GetValue(stated), property.GetValue(supported));
        }
    }

    [Fact]
    public async Task Supports_WithVerification_IsTakenAsItIs()
    {
        var stated = new DicomSupportedServices(new DicomSupportedService(DicomUids.Verification, DicomUids.ExplicitVRLittleEndian));

        await using var host = await StartedAsync(builder => builder.Supports(stated));

        Assert.Same(stated, _network!.Handlers!.Supported);
    }

    [Fact]
    public async Task Start_AHandlerAndNothingSupported_IsWarnedOf()
    {
        await using var host = await StartedAsync(builder => builder.AddHandler<RecordingStore>());

        var warning = Assert.Single(_log.Entries, entry => entry.Id.Id == HandlerUnused);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains(nameof(RecordingStore), warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HandlersThatAreAsked_NoneIsWarnedOf()
    {
        await using (await StartedAsync(builder => builder.AddHandler<RecordingStore>().Supports(Storage())))
        await using (await StartedAsync(builder => builder.AddHandler<RecordingStore>(), TestInstance.SopClass))
        await using (await StartedAsync(builder => builder.AddHandlers((_, handlers) =>
            handlers.OnCEcho((_, _) => new(DicomCommandStatusType.Success)))))
        await using (await StartedAsync(builder => builder.AddHandlers((_, handlers) =>
            handlers.OnCStore((_, _) => new(DicomCommandStatusType.Success)).Supported = Storage())))
        {
            Assert.Equal(0, _log.Count(HandlerUnused));
        }
    }

    private static DicomSupportedServices Storage() => new(new DicomSupportedService(TestInstance.SopClass))
    {
        MaxLength = 20_000,
        InvokedOperationsCount = 3,
        PerformedOperationsCount = 4,
        VerifyUserIdentity = _ => null,
    };

    private Task<TestHost> StartedAsync(Action<DicomListenerBuilder> state, params string[] sopClasses) => TestHost.StartedAsync((services, _) =>
    {
        services.AddSingleton<ILoggerFactory>(new SingleLoggerFactory(_log));
        services.AddSingleton<HandlerRecord>();
        var builder = services.AddDicomNet(options =>
        {
            (options.Host, options.Port, options.IpType) = ("127.0.0.1", 0, IpType.IPv4);
            Array.ForEach(sopClasses, options.SopClasses.Add);
        });
        state(builder.ConfigureNetwork((_, options) => _network = options));
    });
}
