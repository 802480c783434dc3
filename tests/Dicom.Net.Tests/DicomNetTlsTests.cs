using System.Net;
using System.Security.Authentication;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests;

/// <summary>Secure links that come about: the order of the calls, what goes over them, what is known of them.</summary>
public sealed class DicomNetTlsTests
{
    private static readonly DicomTlsOptions Mutual =
        TlsPair.ServerOptions with
        {
            ClientCertificateMode = DicomTlsClientCertificateMode.Required,
            TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
        };

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Association_OverTls_EchoesStoresAndIsReleased(SslProtocols protocol)
    {
        using var meeting = new TlsMeeting(client: TlsPair.ClientOptions with { Protocols = protocol });
        var stored = 0;
        meeting.Listener.CStoreRequestReceived += (_, e) =>
        {
            stored = e.DataSet!.GetBytes(DicomTag.PixelData)!.Length;
            e.Respond(DicomCommandStatusType.Success);
        };
        using var instance = TestInstance.Create();
        instance.SetBytes(DicomTag.PixelData, DicomVR.OW, new byte[3_000_000]);

        await meeting.AssociateAsync();

        Assert.Equal(DicomCommandStatusType.Success, await meeting.Scu.EchoAsync());
        Assert.Equal(DicomCommandStatusType.Success, await meeting.Scu.StoreAsync(instance));
        Assert.Equal(3_000_000, stored);
        Assert.Equal(protocol, meeting.Scu.Net.SecureLink!.Protocol);
        await meeting.Scu.ReleaseAsync();
        await meeting.AssertForgottenAsync();
    }

    [Fact]
    public async Task Calls_OverTls_ComeInLDicomNetsOrder()
    {
        RecordingNet? client = null;
        using var listener = TestScp.InTheOldStyle(made => client = made, new() { Tls = TlsPair.ServerOptions });
        using var scu = new RecordingNet(new() { Tls = TlsPair.ClientOptions });
        scu.Override("OnSecureLinkReady", _ => scu.SendAssociateRequest(TestScu.Request(DicomUids.Verification)));
        scu.Override("OnReceiveAssociateAccept", _ => scu.SendReleaseRequest());

        scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await scu.CallOf("OnClose");
        await listener.CallOf("OnClose");

        Assert.Equal(["OnAccept", "OnClose"], listener.Names);
        Assert.Equal(
            ["OnConnect", "OnSecureLinkReady", "OnSend", "OnReceive", "OnReceiveAssociateAccept", "OnSend", "OnReceive", "OnReceiveReleaseResponse", "OnClose"],
            scu.Names);
        Assert.Equal(
            ["OnSecureLinkReady", "OnReceive", "OnReceiveAssociateRequest", "OnSend", "OnReceive", "OnReceiveReleaseRequest", "OnSend", "OnClose"],
            client!.Names);
        Assert.False(scu.HasOverlapped || client.HasOverlapped || listener.HasOverlapped);
        Assert.All(new[] { scu, client }, net => Assert.Equal(DicomExceptionCode.Success, net.Calls.First(call => call.Name == "OnClose").Arguments[0]));
    }

    [Fact]
    public async Task SendAssociateRequest_BeforeTheLinkIsSecure_SaysWhatToWaitFor()
    {
        using var meeting = new TlsMeeting();
        var tooEarly = DicomNetResult.Success;
        meeting.Scu.Net.Connected += (_, _) => tooEarly = meeting.Scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());

        Assert.Equal(DicomExceptionCode.NetNotConnected, tooEarly.Code);
        Assert.Contains("OnSecureLinkReady", tooEarly.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_OfASecureLink_AreKnownOnBothSides()
    {
        using var meeting = new TlsMeeting(Mutual, TlsPair.ClientOptions with { Certificate = TlsTestAuthority.Client });
        Assert.Equal(DicomTlsStatusType.None, meeting.Scu.Net.GetTlsStatus());

        await meeting.AssociateAsync();
        var server = (await meeting.ServerAsync()).Net;

        Assert.Equal(("CN=server", "CN=client"), (meeting.Scu.Net.SecureLink!.PeerCertificate!.Subject, server.SecureLink!.PeerCertificate!.Subject));
        Assert.All(new[] { meeting.Scu.Net, server }, net =>
        {
            Assert.Equal(DicomTlsStatusType.Ready, net.GetTlsStatus());
            Assert.Equal("dicom", net.SecureLink!.ApplicationProtocol);
            Assert.Equal(DicomTlsCipherSuiteType.Aes128GcmSha256, net.GetTlsCipherSuite());
            Assert.Equal(DicomTlsAuthenticationAlgorithm.Ecdsa, net.GetTlsAuthenticationAlgorithm());
            Assert.Equal(DicomTlsKeyExchangeAlgorithm.Ephemeral, net.GetTlsKeyExchangeAlgorithm());
            Assert.Equal(DicomTlsIntegrityAlgorithm.Aead, net.GetTlsIntegrityAlgorithm());
            Assert.Equal((128, 256), (net.GetTlsEncryptionKeyLength(), net.GetTlsMutualAuthenticationKeyLength()));
            Assert.Empty(net.GetLastTlsError());
        });
    }

    [Fact]
    public void Facts_OfNoLink_AreNone()
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None);

        Assert.Null(net.SecureLink);
        Assert.Equal(DicomTlsCipherSuiteType.None, net.GetTlsCipherSuite());
        Assert.Equal(DicomTlsAuthenticationAlgorithm.None, net.GetTlsAuthenticationAlgorithm());
        Assert.Equal(DicomTlsKeyExchangeAlgorithm.None, net.GetTlsKeyExchangeAlgorithm());
        Assert.Equal(DicomTlsIntegrityAlgorithm.None, net.GetTlsIntegrityAlgorithm());
        Assert.Equal((0, 0), (net.GetTlsEncryptionKeyLength(), net.GetTlsMutualAuthenticationKeyLength()));
    }

    [Fact]
    public async Task ClientObject_ThatSaysNothingOfSecurity_IsAsSecureAsItsListener()
    {
        RecordingNet? client = null;
        using var listener = new RecordingNet(new() { Tls = TlsPair.ServerOptions });
        listener.Override("OnAccept", _ =>
        {
            client = new RecordingNet(); // Plain, were it not for the listener.
            listener.Accept(client).ThrowIfFailed();
        });
        TestScp.Listening(listener);
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(listener.HostPort);

        Assert.Equal(DicomExceptionCode.Success, (await scu.NextAsync<DicomSecureLinkEventArgs>()).Error);
        await Eventually.True(() => client!.SecureLink is not null);
        client!.Dispose();
    }

    [Fact]
    public async Task ClientObject_WithACertificateOfItsOwn_ShowsThat()
    {
        using var listener = new RecordingNet(new() { Tls = TlsPair.ServerOptions });
        using var client = new RecordingNet(new()
        {
            Tls = new() { Certificate = TlsTestAuthority.Trusted.Issue("another", TlsTestAuthority.AddLoopback) },
        });
        listener.Override("OnAccept", _ => listener.Accept(client).ThrowIfFailed());
        TestScp.Listening(listener);
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(listener.HostPort);
        await scu.NextAsync<DicomSecureLinkEventArgs>();

        Assert.Equal("CN=another", scu.Net.SecureLink!.PeerCertificate!.Subject);
    }

    [Fact]
    public async Task Object_ConnectedAnew_ForgetsTheLastLink()
    {
        using var meeting = new TlsMeeting();
        await meeting.AssociateAsync();
        await meeting.Scu.ReleaseAsync();
        using var plain = TestScp.AcceptingAll();

        await meeting.Scu.ConnectAsync(plain.HostPort);
        Assert.Equal(DicomExceptionCode.TlsHandshake, (await meeting.Scu.NextAsync<DicomSecureLinkEventArgs>()).Error);

        Assert.Null(meeting.Scu.Net.SecureLink);
        Assert.Equal(DicomTlsStatusType.Failed, meeting.Scu.Net.GetTlsStatus());
        Assert.NotEmpty(meeting.Scu.Net.GetLastTlsError());
    }

    [Fact]
    public async Task Events_SeveralPdusInOneRecord_Point3_AreAllTold()
    {
        using var meeting = new TlsMeeting();
        var requestor = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);
        await using var secure = await TlsHandshake.RunAsync(
            new SocketConnection(requestor), TlsPair.ClientOptions.ToSettings(),
            new(IsServer: true, "127.0.0.1", found => found.IsOk), TimeProvider.System).WithTimeout();
        var peer = new ScriptedPeer(secure);
        await peer.AssociateAsync();

        await peer.SendAsync(WireBytes.EchoRq(1), WireBytes.EchoRq(2), WireBytes.ReleaseRq);

        Assert.Equal((ushort?)1, WireBytes.CommandOf(await peer.ReceiveAsync()).MessageIdBeingRespondedTo);
        Assert.Equal((ushort?)2, WireBytes.CommandOf(await peer.ReceiveAsync()).MessageIdBeingRespondedTo);
        await peer.ExpectAsync("AReleaseRp");
    }
}
