using System.Net.Sockets;
using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dicom.Net.Hosting.Tests;

/// <summary>Options come from configuration, and what is wrong with them is said at the start.</summary>
public sealed class DicomListenerOptionsTests
{
    [Fact]
    public async Task Options_OfASection_AreBound()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartedAsync(
            (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")),
            ("Dicom:Host", "127.0.0.1"), ("Dicom:Port", "0"), ("Dicom:IpType", "IPv4"), ("Dicom:Backlog", "7"), ("Dicom:Folder", folder.Path),
            ("Dicom:AETitle", "SCP"), ("Dicom:CallingAETitles:0", "SCU"), ("Dicom:SopClasses:0", TestInstance.SopClass),
            ("Dicom:MaximumAssociations", "5"), ("Dicom:MaximumDataSetLength", "1000000"), ("Dicom:MemoryThreshold", "0"),
            ("Dicom:IdleTimeout", "00:10:00"), ("Dicom:HandlerTimeLimit", "00:01:00"), ("Dicom:RejectsWhileStopping", "true"));

        var options = host.Host.Services.GetRequiredService<IOptionsMonitor<DicomListenerOptions>>().CurrentValue;

        Assert.Equal((7, 5, 1_000_000L, 0), (options.Backlog, options.MaximumAssociations, options.MaximumDataSetLength, options.MemoryThreshold));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)), (options.IdleTimeout, options.HandlerTimeLimit));
        Assert.True(options.RejectsWhileStopping);
        using var scu = await host.AssociateAsync(); // Titles and SOP classes fit.
        Assert.Equal(DicomAssociateAcceptResultType.Success, scu.Net.Association!.GetResult(3));
    }

    [Theory]
    [InlineData("Port", "70000", "Port 70000 does not exist")]
    [InlineData("Backlog", "0", "Backlog 0")]
    [InlineData("IpType", "None", "names no address family")]
    [InlineData("Folder", "/no/such/folder", "create it")]
    [InlineData("AETitle", "MUCH_TOO_LONG_A_TITLE", "is no AE title")]
    [InlineData("CallingAETitles:0", "   ", "is no AE title")]
    [InlineData("SopClasses:0", "CT Image Storage", "is no UID")]
    [InlineData("AllowedNetworks:0", "10.0.0.0", "'10.0.0.0' in AllowedNetworks is no network")]
    [InlineData("DeniedNetworks:0", null, "'' in DeniedNetworks is no network")]
    [InlineData("MaximumAssociations", "-1", "MaximumAssociations -1 is negative")]
    [InlineData("MaximumAssociationsPerAddress", "-1", "MaximumAssociationsPerAddress -1 is negative")]
    [InlineData("MaximumAssociationsPerCallingTitle", "-1", "MaximumAssociationsPerCallingTitle -1 is negative")]
    [InlineData("MaximumDataSetLength", "-1", "MaximumDataSetLength -1 is negative")]
    [InlineData("MemoryThreshold", "-1", "MemoryThreshold -1 is negative")]
    [InlineData("IdleTimeout", "00:00:00", "positive")]
    [InlineData("DrainDelay", "-00:00:01", "DrainDelay")]
    [InlineData("HealthPort", "65536", "HealthPort 65536 does not exist")]
    [InlineData("SocketName", "dicom", "set Activated")]
    [InlineData("ProxyProtocol:AcceptsDirect", "true", "has no TrustedNetworks")]
    [InlineData("ProxyProtocol:TrustedNetworks:0", "192.0.2.1", "is no network")]
    [InlineData("Tls:KeyFile", "/no/such/key.pem", "which is not there")]
    [InlineData("Tls:Password", "secret", "has no CertificateFile")]
    [InlineData("Tls:ClientAuthoritiesFile", "", "ClientAuthoritiesFile that is empty")]
    [InlineData("CallingAETitles:0", null, "is no AE title")]
    [InlineData("SopClasses:0", null, "is no UID")]
    [InlineData("ProxyProtocol:TrustedNetworks:0", null, "is no network")]
    public async Task Start_AnOptionIsWrong_SaysWhatToDo(string key, string? value, string expected)
    {
        await using var host = TestHost.Built(
            (services, configuration) => services.AddDicomNet("scp", configuration.GetSection("Dicom")), ($"Dicom:{key}", value));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("scp: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CallingAETitle:0", "SCU", "CallingAETitle")]
    [InlineData("Tls:Certificate", "server.pem", "Certificate")]
    [InlineData("Port", "many", "Dicom:Port")]
    public async Task Start_AnOptionIsUnknownOrCannotBeRead_SaysWhich(string key, string value, string expected)
    {
        await using var host = TestHost.Built(
            (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")), ($"Dicom:{key}", value));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)] // 30 s, the host's default.
    [InlineData("29")]
    public async Task Start_TheDrainDelayTakesTheWholeStop_SaysSo(string? shutdownTimeoutSeconds)
    {
        await using var host = Draining("00:00:30", shutdownTimeoutSeconds);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout());

        Assert.Contains("leaves nothing of the host's ShutdownTimeout", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:30", "31")]
    [InlineData("00:00:00", "0")]
    public async Task Start_TheDrainDelayLeavesTimeOfTheStop_Starts(string drainDelay, string shutdownTimeoutSeconds)
    {
        await using var host = Draining(drainDelay, shutdownTimeoutSeconds);

        await host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomListenerState.Listening, host.Listener.State);
    }

    [Fact]
    public async Task Options_OfAListenerBehindABalancer_AreBound()
    {
        await using var host = await TestHost.StartedAsync(
            (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")),
            ("Dicom:Host", "127.0.0.1"), ("Dicom:Port", "0"), ("Dicom:IpType", "IPv4"), ("Dicom:HealthPort", "0"), ("Dicom:SharesPort", "true"),
            ("Dicom:DrainDelay", "00:00:07"), ("Dicom:ProxyProtocol:TrustedNetworks:0", "127.0.0.1/32"),
            ("Dicom:ProxyProtocol:TrustedNetworks:1", "2001:db8::/64"), ("Dicom:ProxyProtocol:HeaderTimeout", "00:00:03"));

        var options = host.Host.Services.GetRequiredService<IOptionsMonitor<DicomListenerOptions>>().CurrentValue;

        Assert.Equal((TimeSpan.FromSeconds(7), true), (options.DrainDelay, options.SharesPort));
        Assert.Equal(["127.0.0.1/32", "2001:db8::/64"], options.ProxyProtocol!.TrustedNetworks);
        Assert.Equal(TimeSpan.FromSeconds(3), options.ProxyProtocol.HeaderTimeout);
        Assert.NotEqual(0, host.Listener.Net.HealthPort);
        using var proxy = new TcpClient();
        await proxy.ConnectAsync("127.0.0.1", host.Port, TestContext.Current.CancellationToken);
        await proxy.GetStream().WriteAsync("GET / HTTP/1.1\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(0, await proxy.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WithTimeout()); // No header.
    }

    [Fact]
    public async Task Start_SocketsThatNobodyHandsOver_SaysWhatToDo()
    {
        await using var host = TestHost.Built(
            (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")), ("Dicom:Activated", "true"));

        var error = await Assert.ThrowsAsync<DicomException>(() => host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout());

        Assert.Contains(OperatingSystem.IsWindows() ? "Windows" : "LISTEN_FDS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ThePortIsTaken_SaysSo()
    {
        using var holder = new DicomNet(null, DicomNetSecurityMode.None);
        holder.Listen("127.0.0.1", 0, 1).ThrowIfFailed();
        await using var host = TestHost.Built((services, _) => services.AddDicomNet(options =>
        {
            TestHost.Local(options);
            options.Port = holder.HostPort;
        }));

        var error = await Assert.ThrowsAsync<DicomException>(() => host.Host.StartAsync(TestContext.Current.CancellationToken).WithTimeout());

        Assert.Equal(DicomExceptionCode.NetAddressInUse, error.Code);
    }

    private static TestHost Draining(string drainDelay, string? shutdownTimeoutSeconds) => TestHost.Built(
        (services, configuration) => services.AddDicomNet(configuration.GetSection("Dicom")),
        ("Dicom:Host", "127.0.0.1"), ("Dicom:Port", "0"), ("Dicom:IpType", "IPv4"), ("Dicom:DrainDelay", drainDelay),
        ("shutdownTimeoutSeconds", shutdownTimeoutSeconds));
}
