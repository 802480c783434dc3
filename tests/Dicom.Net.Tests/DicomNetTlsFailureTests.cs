using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>Secure links that do not come about: at once or in time, in clear words, and at nobody else's cost.</summary>
public sealed class DicomNetTlsFailureTests
{
    [Fact]
    public async Task Server_PeerSpeaksWithoutTls_Point64_EndsTheConnectionAtOnceAndSaysSo()
    {
        var log = new RecordingLogger();
        using var meeting = new TlsMeeting(options: new() { LoggerFactory = new SingleLoggerFactory(log) });
        using var plain = new TestScu();

        await plain.ConnectAsync(meeting.Listener.HostPort);
        plain.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();
        var told = await meeting.ServerAsync();

        Assert.Equal(DicomExceptionCode.TlsHandshake, told.Error);
        Assert.Contains("without TLS on the port for TLS", told.Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Contains(log.Entries, entry => entry.Message.Contains("without TLS on the port for TLS", StringComparison.Ordinal));
        Assert.Equal(DicomExceptionCode.NetConnectionAborted, (await plain.ClosedAsync()).Error);
        await meeting.AssertForgottenAsync();
    }

    [Fact]
    public async Task Client_PeerSpeaksWithoutTls_Point64_SaysSo()
    {
        using var plain = TestScp.AcceptingAll();
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(plain.HostPort);

        Assert.Equal(DicomExceptionCode.TlsHandshake, (await scu.NextAsync<DicomSecureLinkEventArgs>()).Error);
        Assert.Contains("wants a plain connection", scu.Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Equal(DicomExceptionCode.TlsHandshake, (await scu.ClosedAsync()).Error);
    }

    [Fact]
    public async Task PlainServer_PeerSpeaksTls_Point64_LogsThatItDoes()
    {
        var log = new RecordingLogger();
        using var plain = TestScp.AcceptingAll(new() { LoggerFactory = new SingleLoggerFactory(log) });
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(plain.HostPort);
        await scu.ClosedAsync();

        await Eventually.True(() => log.Entries.Any(entry => entry.Message.Contains("the peer speaks TLS", StringComparison.Ordinal)));
        await Eventually.True(() => plain.GetClientCount() == 0);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "is not TLS: it begins with 47H")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "is not TLS: it begins with 53H")]
    public async Task Server_PeerSpeaksSomethingElse_Point7_SaysWhatItSaw(string greeting, string words)
    {
        using var meeting = new TlsMeeting();
        using var peer = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);

        await peer.SendAsync(System.Text.Encoding.ASCII.GetBytes(greeting)).WithTimeout();
        var told = await meeting.ServerAsync();

        Assert.Equal(DicomExceptionCode.TlsHandshake, told.Error);
        Assert.Contains(words, told.Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Equal(0, await peer.ReceiveAsync(new byte[10]).WithTimeout());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task Server_PeerStalls_Point62_ItIsClosedWhenTheTimeIsUpAndOthersAreServedMeanwhile(int bytesOfHello)
    {
        var time = new FakeTimeProvider();
        using var meeting = new TlsMeeting(
            TlsPair.ServerOptions with { HandshakeTimeout = TimeSpan.FromSeconds(5) }, options: new() { TimeProvider = time });
        var failed = new TaskCompletionSource<DicomSecureLinkEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        meeting.Listener.SecureLinkReady += (_, e) => _ = e.Error == DicomExceptionCode.Success || failed.TrySetResult(e);
        using var stalling = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);
        await stalling.SendAsync(BeginningOfHello[..bytesOfHello]).WithTimeout();
        await Eventually.True(() => meeting.Listener.GetClientCount() == 1);

        await meeting.AssociateAsync();
        Assert.Equal(DicomCommandStatusType.Success, await meeting.Scu.EchoAsync());
        Assert.False(failed.Task.IsCompleted);
        await Eventually.True(() =>
        {
            // The limit begins on another thread: time passes until it has begun and gone by.
            time.Advance(TimeSpan.FromSeconds(1));
            return failed.Task.IsCompleted;
        });

        var told = await failed.Task;
        Assert.Equal(DicomExceptionCode.TlsTimeout, told.Error);
        Assert.Contains("within 5 seconds", told.Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Equal(0, await stalling.ReceiveAsync(new byte[10]).WithTimeout());
    }

    [Fact]
    public async Task Client_ServerStalls_TimesOut()
    {
        var time = new FakeTimeProvider();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var scu = new RecordingNet(new() { Tls = TlsPair.ClientOptions, TimeProvider = time });

        scu.Connect(null, 0, "127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port).ThrowIfFailed();
        await scu.CallOf("OnConnect");
        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return scu.Count("OnClose") == 1;
        });

        Assert.Equal(["OnConnect", "OnSecureLinkReady", "OnClose"], scu.Names);
        Assert.Equal(DicomExceptionCode.TlsTimeout, scu.Calls.ElementAt(1).Arguments[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Close_InTheMidstOfTheHandshake_EndsIt(bool dispose)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var scu = new RecordingNet(new() { Tls = TlsPair.ClientOptions });
        scu.Connect(null, 0, "127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port).ThrowIfFailed();
        await scu.CallOf("OnConnect");
        Assert.Equal(DicomTlsStatusType.Handshaking, scu.GetTlsStatus());

        if (dispose)
        {
            scu.Dispose();
        }
        else
        {
            scu.Close();
        }

        Assert.Equal(DicomExceptionCode.NetConnectionAborted, (await scu.CallOf("OnSecureLinkReady")).Arguments[0]);
        await scu.CallOf("OnClose");
    }

    [Theory]
    [InlineData("dicom", true)]
    [InlineData("h2", false)]
    [InlineData(null, true)]
    public async Task Server_PeerMeansAnotherProtocol_Point64_IsRefused(string? protocol, bool welcome)
    {
        using var meeting = new TlsMeeting();
        using var socket = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);
        await using var ssl = new SslStream(new NetworkStream(socket));
        var authenticating = ssl.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = protocol is null ? null : [new(protocol)],
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { TlsTestAuthority.Trusted.Certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            CancellationToken.None);

        var told = await meeting.ServerAsync();

        Assert.Equal(welcome ? DicomExceptionCode.Success : DicomExceptionCode.TlsHandshake, told.Error);
        Assert.Equal(!welcome, told.Net.GetLastTlsError().Contains("ALPN", StringComparison.Ordinal));
        await (welcome ? authenticating : Assert.ThrowsAnyAsync<Exception>(() => authenticating)).WithTimeout();
    }

    [Theory]
    [InlineData(1)] // TLS 1.0
    [InlineData(2)] // TLS 1.1
    public async Task Server_PeerOffersARetiredVersion_IsRefused(byte minorVersion)
    {
        using var meeting = new TlsMeeting();
        using var peer = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);

        await peer.SendAsync(HelloOf(minorVersion, fill: 0)).WithTimeout();
        var told = await meeting.ServerAsync();

        Assert.Equal(DicomExceptionCode.TlsHandshake, told.Error);
        Assert.Contains("no version of TLS in common", told.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls12)]
    public async Task Connect_NoVersionInCommon_FailsOnBothSides(SslProtocols server, SslProtocols client)
    {
        using var meeting = new TlsMeeting(TlsPair.ServerOptions with { Protocols = server }, TlsPair.ClientOptions with { Protocols = client });

        Assert.Equal(DicomExceptionCode.TlsHandshake, await meeting.ConnectAsync());
        Assert.Equal(DicomExceptionCode.TlsHandshake, (await meeting.ServerAsync()).Error);
        Assert.Contains("version", meeting.Scu.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NoSuiteInCommon_FailsOnBothSides()
    {
        using var meeting = new TlsMeeting(
            TlsPair.ServerOptions with { CipherSuites = [DicomTlsCipherSuiteType.EcdheEcdsaWithAes128GcmSha256] },
            TlsPair.ClientOptions with { CipherSuites = [DicomTlsCipherSuiteType.EcdheEcdsaWithAes256GcmSha384] });

        Assert.Equal(DicomExceptionCode.TlsHandshake, await meeting.ConnectAsync());
        Assert.Contains("no cipher suite in common", (await meeting.ServerAsync()).Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Contains("suite", meeting.Scu.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_WithoutACertificate_SaysWhatToDo()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.Tls);
        var told = new TaskCompletionSource<DicomSecureLinkEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.SecureLinkReady += (_, e) => told.TrySetResult(e);
        TestScp.Listening(listener);
        using var peer = await Loopback.ConnectAsync(IPAddress.Loopback, listener.HostPort);

        var failure = await told.Task.WithTimeout();

        Assert.Equal(DicomExceptionCode.TlsSetup, failure.Error);
        Assert.Contains("no certificate", failure.Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WithTimeout());
    }

    [Fact]
    public async Task OnClose_PeerEndsWithoutCloseNotify_IsALostConnection()
    {
        using var meeting = new TlsMeeting();
        var socket = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);
        var below = new SocketConnection(socket);
        var closed = new TaskCompletionSource<DicomNetClosedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        meeting.Listener.Closed += (_, e) => closed.TrySetResult(e);
        var secure = await TlsHandshake.RunAsync(
            below, TlsPair.ClientOptions.ToSettings(), new(IsServer: true, "127.0.0.1", found => found.IsOk), TimeProvider.System).WithTimeout();
        await new ScriptedPeer(secure).AssociateAsync();

        below.Close();

        var told = await closed.Task.WithTimeout();
        Assert.Equal(DicomExceptionCode.NetConnectionAborted, told.Error);
        Assert.Contains("close_notify", told.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_AfterManyBadHandshakes_Point35_AreAllGivenBack()
    {
        const int bad = 40;
        using var meeting = new TlsMeeting();
        for (var i = 0; i < bad; i++)
        {
            using var peer = await Loopback.ConnectAsync(IPAddress.Loopback, meeting.Listener.HostPort);
            await peer.SendAsync(WireBytes.Of(WireBytes.Request(16384))).WithTimeout();
            Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WithTimeout());
        }

        await meeting.AssertForgottenAsync();
        await meeting.AssociateAsync();
        Assert.Equal(DicomCommandStatusType.Success, await meeting.Scu.EchoAsync());
    }

    /// <summary>The beginning of a ClientHello, in a record that claims 512 bytes (RFC 8446 §5.1).</summary>
    private static byte[] BeginningOfHello => [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, .. new byte[100]];

    /// <summary>A whole ClientHello of an old version: TLS 1.0 is 3.1, 1.1 is 3.2 (RFC 2246 §6.2.1, RFC 4346 §6.2.1).</summary>
    private static byte[] HelloOf(byte minorVersion, byte fill)
    {
        // Version, random, no session id, one suite (TLS_RSA_WITH_AES_128_CBC_SHA), no compression: RFC 4346 §7.4.1.2.
        byte[] body = [3, minorVersion, .. Enumerable.Repeat(fill, 32), 0, 0, 2, 0x00, 0x2F, 1, 0];
        byte[] message = [1, 0, 0, (byte)body.Length, .. body];
        return [0x16, 3, minorVersion, 0, (byte)message.Length, .. message];
    }
}
