using System.Net.Sockets;
using Dicom.Net.Tests;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dicom.Net.Hosting.Tests;

/// <summary>Who may come is configured, and what code adds to that takes nothing away.</summary>
public sealed class HostedAdmissionTests
{
    [Theory]
    [InlineData("MaximumAssociationsPerAddress")]
    [InlineData("MaximumAssociationsPerCallingTitle")]
    public async Task Configured_OfOnePeerNoMoreThanOne_TheSecondIsRejected(string option)
    {
        await using var host = await StartAsync(null, (option, "1"));
        using var first = await TestScu.AssociatedAsync(host.Port, DicomUids.Verification);
        using var second = new TestScu();

        var rejected = await second.AssociateInVainAsync(host.Port, TestScu.Request(DicomUids.Verification));

        Assert.Equal(
            (DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2), (rejected.Result, rejected.Source));
        Assert.Equal(DicomCommandStatusType.Success, await first.EchoAsync());
    }

    [Theory]
    [InlineData("AllowedNetworks:0", "192.0.2.0/24")]
    [InlineData("DeniedNetworks:0", "127.0.0.0/8")]
    public async Task Configured_ANetworkThatMayNotCome_IsClosedAtOnce(string option, string network)
    {
        await using var host = await StartAsync(null, (option, network));
        using var peer = new TcpClient();

        await peer.ConnectAsync("127.0.0.1", host.Port, TestContext.Current.CancellationToken).AsTask().WithTimeout();

        Assert.Equal(0, await peer.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WithTimeout());
    }

    [Fact]
    public async Task ConfigureNetwork_ARuleIsAdded_TheConfiguredOnesHold()
    {
        await using var host = await StartAsync(AddRule, ("CallingAETitles:0", "CT1"));
        using var stranger = new TestScu();

        var rejected = await stranger.AssociateInVainAsync(host.Port, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomAssociateRejectReasonType.Calling, rejected.Reason);
    }

    [Fact]
    public async Task ConfigureNetwork_ARuleIsAddedWhereNoneIsConfigured_ItHolds()
    {
        await using var host = await StartAsync(AddRule);
        using var unknown = new TestScu();

        var rejected = await unknown.AssociateInVainAsync(host.Port, TestScu.Request(DicomUids.Verification));

        Assert.Equal((DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.Provider1), (rejected.Result, rejected.Source));
    }

    private static DicomNetOptions AddRule(IServiceProvider services, DicomNetOptions options) =>
        options with { Admission = options.Admission! with { AdmitUser = _ => new(DicomUserVerdict.Refused) } };

    private static Task<TestHost> StartAsync(
        Func<IServiceProvider, DicomNetOptions, DicomNetOptions>? change, params (string Name, string Value)[] options) => TestHost.StartedAsync(
        (services, configuration) => services
            .AddDicomNet(configuration.GetSection("Dicom"))
            .ConfigureNetwork(change ?? ((_, unchanged) => unchanged)),
        [("Dicom:Host", "127.0.0.1"), ("Dicom:Port", "0"), ("Dicom:IpType", "IPv4"), .. options.Select(option => ($"Dicom:{option.Name}", option.Value))]);
}
