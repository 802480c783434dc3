using System.Net;
using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom.Network;
using Hospital;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>A service class of fo-dicom's, hosted: fo-dicom's client and DCMTK's tools find there what they would find on fo-dicom's server.</summary>
public sealed class HostedServiceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TlsFiles _tls = new TlsFiles().With("ours").With("theirs");

    public void Dispose()
    {
        _tls.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", IpType.IPv4)]
    [InlineData("::1", "::1", IpType.IPv6)]
    [InlineData("*", "127.0.0.1", IpType.IPv4OrIPv6)]
    [InlineData("*", "::1", IpType.IPv4OrIPv6)]
    public async Task Echo_ByFoDicomsClient_IsAnsweredOnBothFamilies(string listensOn, string asks, IpType ipType)
    {
        Require.IPv6();
        using var scp = HostedScp.Of<VerificationService>(host: listensOn, ipType: ipType);

        Assert.Equal(DicomStatus.Success, await new FoScu(scp.Port, asks).EchoAsync().WithTimeout());

        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.Success], scp.Ends);
        Assert.Equal(["Echo", "Closed"], scp.Archive.Told);
    }

    [Fact]
    public async Task Echo_ByFoDicomsClientOverTls_IsAnswered()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { Tls = _tls.Options("ours") });

        Assert.Equal(DicomStatus.Success, await new FoScu(scp.Port, "localhost", usesTls: true).EchoAsync().WithTimeout());

        await scp.EmptyAsync();
    }

    [Fact]
    public async Task Echo_ByEchoscuOverTls_IsAnswered()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { Tls = _tls.Options("ours") });

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", ["-v", .. _tls.DcmtkOptions("theirs"), "127.0.0.1", scp.PortText]);

        Assert.Contains("Received Echo Response (Success)", echoscu.Output, StringComparison.Ordinal);
        await scp.EmptyAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_ByFoDicomsClient_KeepsWhatWasSent(bool usesTls)
    {
        var files = MakeFiles();
        using var scp = HostedScp.Of<ArchiveService>(new() { Tls = usesTls ? _tls.Options("ours") : null });

        var statuses = await new FoScu(scp.Port, "localhost", usesTls: usesTls).StoreAsync(files).WithTimeout();

        Assert.Equal([DicomStatus.Success, DicomStatus.Success, DicomStatus.Success], statuses);
        Part10.AssertSameDataSets(files, scp.Archive.Files);
        await scp.EmptyAsync();
    }

    [Fact]
    public async Task Store_ByStorescu_KeepsWhatWasSent()
    {
        var files = MakeFiles();
        using var scp = HostedScp.Of<ArchiveService>();

        await Dcmtk.StoreAsync(scp.PortText, Dcmtk.WriteProfile(_folder.PathOf("profiles"), files), files);

        Part10.AssertSameDataSets(files, scp.Archive.Files);
        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.Success], scp.Ends);
    }

    [Fact]
    public async Task FindAndGet_ByDcmtk_AreAnswered()
    {
        var files = MakeFiles();
        using var scp = HostedScp.Of<ArchiveService>();
        await new FoScu(scp.Port).StoreAsync(files).WithTimeout();
        var received = _folder.Sub("got");

        await using var findscu = await Dcmtk.RunAsync(
            0, "findscu", ["-S", "-k", "QueryRetrieveLevel=IMAGE", "-k", "SOPInstanceUID", "127.0.0.1", scp.PortText]);
        await using var getscu = await Dcmtk.RunAsync(
            0, "getscu", ["-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3.1", "-od", received, "127.0.0.1", scp.PortText]);

        Assert.Equal(3, findscu.Lines.Count(line => line.Contains("(0008,0018)", StringComparison.Ordinal)));
        Part10.AssertSameDataSets(files, Directory.GetFiles(received));
        await scp.EmptyAsync(3);
    }

    [Fact]
    public async Task FindMoveAndGet_ByFoDicomsClient_AreAnswered()
    {
        var files = MakeFiles();
        using var scp = HostedScp.Of<ArchiveService>();
        using var destination = HostedScp.Of<ArchiveService>();
        scp.Archive.Destinations["ELSEWHERE"] = destination.Port;
        var scu = new FoScu(scp.Port);
        await scu.StoreAsync(files).WithTimeout();
        var received = _folder.Sub("got");

        Assert.Equal(3, (await scu.FindAsync().WithTimeout()).Length);
        Assert.Equal(DicomStatus.Success, await scu.MoveAsync("ELSEWHERE", "1.2.3.1").WithTimeout());
        Assert.Equal(DicomStatus.Success, await scu.GetAsync("1.2.3.1", received).WithTimeout());

        Part10.AssertSameDataSets(files, destination.Archive.Files);
        await Timeouts.UntilAsync(() => Directory.GetFiles(received).Length == 3, "all instances have come");
        await scp.EmptyAsync(4);
    }

    [Fact]
    public async Task Move_ByMovescu_SendsToANativeScp()
    {
        var files = MakeFiles();
        using var scp = HostedScp.Of<ArchiveService>();
        await new FoScu(scp.Port).StoreAsync(files).WithTimeout();
        using var destination = new NativeScp();
        scp.Archive.Destinations["OURS"] = destination.Port;

        await using var movescu = await Dcmtk.RunAsync(
            0, "movescu", ["-S", "-aem", "OURS", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3.1", "127.0.0.1", scp.PortText]);

        Part10.AssertSameDataSets(files, destination.Files);
    }

    [Fact]
    public async Task EndPoints_OfAConnection_AreThoseOfTheConnection()
    {
        using var scp = HostedScp.Of<VerificationService>();
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        var client = scp.Net.GetClient(0)!;

        Assert.True(client.IsAssociated());
        Assert.Equal(IPAddress.Loopback.ToString(), client.PeerAddress);
        Assert.Equal(DicomExceptionCode.Success, client.LastError.Code);
        Assert.False(client.SendReleaseRequest().IsSuccess);
    }

    private string[] MakeFiles() =>
    [
        .. Part10.MakeMany(_folder.Path, 2),
        Part10.Make(_folder.PathOf("large.in.dcm"), "1.2.3.99", pixelBytes: 3_000_000),
    ];
}
