using System.Net;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Snippets;

public sealed class SnippetTests
{
    public static TheoryData<Func<string, int, Task<DicomCommandStatusType?>>> Scus => new(TenLineScu.EchoAsync, AwaitedScu.EchoAsync);

    [Theory]
    [MemberData(nameof(Scus), DisableDiscoveryEnumeration = true)]
    public async Task EchoAsync_AgainstTheTenLineScp_IsAnsweredWithSuccess(Func<string, int, Task<DicomCommandStatusType?>> echoAsync)
    {
        var folder = Directory.CreateTempSubdirectory("dicomnet-snippet-");
        try
        {
            using var scp = TenLineScp.Start(folder.FullName, port: 0);

            var answer = await echoAsync("127.0.0.1", scp.HostPort).WithTimeout();

            Assert.Equal(DicomCommandStatusType.Success, answer);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_BehindABalancer_KnowsItsPeersAndIsWellUntilItStops()
    {
        using var scp = BehindBalancer.Start("127.0.0.1", port: 0, IPNetwork.Parse("127.0.0.1/32"));
        await using var scu = await RawScu.ConnectedAsync(scp.HostPort);
        await scu.Peer.SendAsync(ProxyHeaders.Proxied("192.0.2.7:50000", "198.51.100.1:104", ProxyHeaders.Tls(0, 7, "CT 1")));
        await scu.Peer.AssociateAsync();
        Assert.Equal("CT 1 at 192.0.2.7", BehindBalancer.NameOf(scp.GetClient(0)!));

        var stop = BehindBalancer.StopAsync(scp);

        Assert.Equal((0, false), (scp.HealthPort, stop.IsCompleted));
        await scu.Peer.ReleaseAsync();
    }

    [Fact]
    public async Task EchoAsync_AgainstTheScpByDelegates_IsAnsweredWithSuccess()
    {
        using var folder = new TemporaryFolder();
        using var scp = ScpByDelegates.Start(folder.Path, port: 0);

        Assert.Equal(DicomCommandStatusType.Success, await TenLineScu.EchoAsync("127.0.0.1", scp.HostPort).WithTimeout());
    }

    [Theory]
    [InlineData(0, DicomCommandStatusType.Success)]
    [InlineData(long.MaxValue, DicomCommandStatusType.OutOfResources)]
    public async Task StoreAsync_QuotaStore_TakesWhatThereIsRoomFor(long reserve, DicomCommandStatusType expected)
    {
        using var folder = new TemporaryFolder();
        var handlers = new DicomHandlers { Supported = new(new DicomSupportedService(TestInstance.SopClass)) };
        handlers.Add(new QuotaStore(folder.Path, reserve));
        using var scp = TestScp.Listening(new DicomNet(folder.Path, DicomNetSecurityMode.None, new DicomNetOptions { Handlers = handlers }));
        using var scu = await TestScu.AssociatedAsync(scp.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create();

        Assert.Equal(expected, await scu.StoreAsync(instance));
        Assert.Equal(expected == DicomCommandStatusType.Success ? 1 : 0, folder.Files.Count);
    }

    [Fact]
    public async Task RecordAsync_OfAnEcho_LeavesItsPdusInTheFile()
    {
        using var folder = new TestFolder();
        var path = folder.File("trace.pcapng");

        await TraceFile.RecordAsync(path, async scp =>
        {
            scp.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification);
            scp.Listen("127.0.0.1", 0, 128).ThrowIfFailed();
            Assert.Equal(DicomCommandStatusType.Success, await TenLineScu.EchoAsync("127.0.0.1", scp.HostPort).WithTimeout());
        });

        Assert.True(RecordedPackets.Read(path).Packets.Count(packet => packet.Payload.Length > 0) >= 4);
    }

    [Fact]
    public void TextTrace_Options_NameItsLayer() => Assert.IsType<Dicom.Net.Associations.TracingPduLayer>(TextTrace.Options().PduLayer);
}
