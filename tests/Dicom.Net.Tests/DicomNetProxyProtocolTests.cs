using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>Peers that come through a proxy, which says who they are: on the addresses of this machine, of which some are the proxy's.</summary>
public sealed class DicomNetProxyProtocolTests : IDisposable
{
    private const string Trusted = "127.0.0.2", Stranger = "127.0.0.3";

    private static readonly byte[] OfPeer = ProxyHeaders.Proxied("192.0.2.7:50000", "198.51.100.1:104");

    private readonly RecordingLogger _log = new();
    private readonly TestMeterFactory _meters = new();
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<byte[], string, string> Introductions => new()
    {
        { ProxyHeaders.Line("PROXY TCP4 192.0.2.7 198.51.100.1 50000 104"), "192.0.2.7", "198.51.100.1" },
        { ProxyHeaders.Line("PROXY TCP6 2001:db8::7 2001:db8::1 50000 104"), "2001:db8::7", "2001:db8::1" },
        { ProxyHeaders.Line("PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 50000 104"), "192.0.2.7", "198.51.100.1" },
        { OfPeer, "192.0.2.7", "198.51.100.1" },
        { ProxyHeaders.WithCheckSum("[2001:db8::7]:50000", "[2001:db8::1]:104"), "2001:db8::7", "2001:db8::1" },
        { ProxyHeaders.Line("PROXY UNKNOWN"), Trusted, "127.0.0.1" },
        { ProxyHeaders.Block(0x21, 0x31, new byte[216]), Trusted, "127.0.0.1" },
        { ProxyHeaders.LocalCommand, Trusted, "127.0.0.1" },
    };

    [Theory]
    [MemberData(nameof(Introductions))]
    public async Task Peer_ThroughAProxy_HasTheAddressThatTheProxyTells(byte[] header, string peer, string host)
    {
        using var listener = Listening();
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort, Trusted);

        // All in one segment: what follows the header is not lost.
        await scu.Peer.SendAsync(header, WireBytes.Of(WireBytes.Request()));
        await scu.Peer.ExpectAsync("AAssociateAc");

        var client = listener.GetClient(0)!;
        Assert.Equal((peer, host), (client.PeerAddress, client.HostAddress));
        Assert.Equal(Trusted, client.ProxyHeader!.Proxy!.Address.ToString());
        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(1));
        await scu.Peer.ReleaseAsync();
        await Eventually.True(() => listener.GetClientCount() == 0);
        Assert.DoesNotContain(_log.Entries, entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public async Task Facts_OfTheProxy_ReachTheApplication()
    {
        using var listener = Listening();
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort, Trusted);

        await scu.Peer.SendAsync(ProxyHeaders.WithCheckSum(
            "192.0.2.7:50000", "198.51.100.1:104", ProxyHeaders.Tls(0, 7, "CT 1"), ProxyHeaders.Tlv(0x05, 9, 8)));
        await scu.Peer.AssociateAsync();

        var header = listener.GetClient(0)!.ProxyHeader!;
        Assert.Equal((2, true, "CT 1", "TLSv1.3"), (header.Version, header.Tls!.IsVerified, header.Tls.CommonName, header.Tls.Version));
        Assert.Equal([9, 8], header.UniqueId.ToArray());
        Assert.Null(listener.ProxyHeader);
    }

    [Fact]
    public async Task Peer_WithTlsThroughAProxy_IsSecuredEndToEnd()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.Tls, Options() with { Tls = TlsPair.ServerOptions });
        var told = new TaskCompletionSource<DicomSecureLinkEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.SecureLinkReady += (_, e) => told.TrySetResult(e);
        TestScp.Listening(listener);
        using var socket = await ConnectAsync(listener.HostPort, Trusted);
        await using var stream = new TogetherStream(socket, OfPeer);
        await using var ssl = new SslStream(stream);

        await ssl.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { TlsTestAuthority.Trusted.Certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            TestContext.Current.CancellationToken).WithTimeout();

        var link = await told.Task.WithTimeout();
        Assert.Equal((DicomExceptionCode.Success, "192.0.2.7"), (link.Error, link.Net.PeerAddress));
        Assert.Equal(2, link.Net.ProxyHeader!.Version);
    }

    [Fact]
    public async Task Admission_JudgesTheAddressOfThePeerAndNotOfTheProxy()
    {
        using var listener = Listening(Options() with
        {
            Admission = new() { AllowedNetworks = [IPNetwork.Parse("192.0.2.0/24")], DeniedNetworks = [IPNetwork.Parse("192.0.2.66/32")] },
        });
        await using var welcome = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
        await welcome.Peer.SendAsync(OfPeer);
        await welcome.Peer.AssociateAsync();
        foreach (var header in (byte[][])[ProxyHeaders.Proxied("192.0.2.66:1", "198.51.100.1:104"), ProxyHeaders.Line("PROXY UNKNOWN")])
        {
            await using var denied = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
            await denied.Peer.SendAsync(header);
            await denied.Peer.ExpectEndAsync();
        }

        await using var local = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
        await local.Peer.SendAsync(ProxyHeaders.LocalCommand);
        await local.Peer.AssociateAsync();

        await Eventually.True(() => listener.ClosedConnections == 2);
        Assert.Equal(2, _meters.Sum("dicom.connection.refused", "dicom.refusal.reason=address_denied"));
        Assert.Contains(_log.Entries, entry => entry.Message.StartsWith("192.0.2.66: closed", StringComparison.Ordinal));
        Assert.Contains(_log.Entries, entry => entry.Message.StartsWith($"{Trusted}: closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_CountThePeersAndNotTheProxy()
    {
        using var listener = Listening(Options() with { Limits = new() { MaximumAssociationsPerAddress = 1 } });
        await using var first = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
        await first.Peer.SendAsync(ProxyHeaders.Proxied("[2001:db8::7]:1", "[2001:db8::1]:104"));
        await first.Peer.AssociateAsync();
        await using var other = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
        await other.Peer.SendAsync(ProxyHeaders.Proxied("[2001:db8:1::7]:1", "[2001:db8::1]:104"));
        await other.Peer.AssociateAsync();

        // Of IPv6 the /64 counts.
        await using var second = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
        await second.Peer.SendAsync(ProxyHeaders.Proxied("[2001:db8::8]:1", "[2001:db8::1]:104"), WireBytes.Of(WireBytes.Request()));

        await second.Peer.ExpectAsync("AAssociateRj 2/3/2");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", "47H")]
    [InlineData("PROXY TCP4 192.0.2.07 198.51.100.1 50000 104\r\n", "0 to 255")]
    [InlineData("\u0001\0\0\0\0\u00d0", "01H")] // An association, without a header.
    [InlineData("\r\n\r\n\0\r\nQUIT\n!\u0011\uFFFF", "65551 bytes")]
    public async Task Header_NotAsItMustBe_ClosesTheConnectionAndSaysWhy(string sent, string words)
    {
        using var listener = Listening();
        using var socket = await ConnectAsync(listener.HostPort, Trusted);
        byte[] bytes = [.. sent.Where(letter => letter != '\uFFFF').Select(letter => (byte)letter), .. sent.Contains('\uFFFF') ? [0xFF, 0xFF] : Array.Empty<byte>()];

        socket.Send(bytes);

        Assert.Equal(0, await socket.ReceiveAsync(new byte[10]).WithTimeout());
        await Eventually.True(() => _log.Count(3106) == 1);
        Assert.Contains(words, _log.Entries.Single(entry => entry.Id.Id == 3106).Message, StringComparison.Ordinal);
        Assert.Equal((1L, 0), (listener.ClosedConnections, listener.GetClientCount()));
        Assert.Equal(1, _meters.Sum("dicom.connection.refused", "dicom.refusal.reason=proxy_header"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Header_TooLate_ClosesTheConnectionWhenTheTimeIsUp(int come)
    {
        using var listener = Listening();
        using var socket = await ConnectAsync(listener.HostPort, Trusted);
        socket.Send(OfPeer.AsSpan(0, come));
        await Eventually.True(() => listener.Door.Connections.Unassociated == 1);
        var ended = socket.ReceiveAsync(new byte[10]).WithTimeout();

        await Eventually.True(() =>
        {
            // The limit begins on another thread: time passes until it has begun and gone by.
            _time.Advance(TimeSpan.FromSeconds(1));
            return ended.IsCompleted;
        });

        Assert.Equal(0, await ended);
        await Eventually.True(() => _log.Entries.Any(entry => entry.Id.Id == 3106 && entry.Message.Contains("within 5 seconds", StringComparison.Ordinal)));
        await Eventually.True(() => listener.Door.Connections.Unassociated == 0);
    }

    [Fact]
    public async Task Stranger_WhereProxiesAreExpected_IsClosedAtItsFirstByte()
    {
        using var listener = Listening();
        for (var i = 0; i < 3; i++)
        {
            await using var scu = await RawScu.ConnectedAsync(listener.HostPort, Stranger);
            await scu.Peer.SendAsync(OfPeer, WireBytes.Of(WireBytes.Request()));
            await scu.Peer.ExpectEndAsync();
        }

        await Eventually.True(() => listener.ClosedConnections == 3);
        Assert.Equal((1, 0), (_log.Count(3105), listener.GetClientCount()));
        Assert.Equal(3, _meters.Sum("dicom.connection.refused", "dicom.refusal.reason=not_a_proxy"));
    }

    [Fact]
    public async Task Stranger_WhereDirectPeersAreLetIn_ComesAsHimselfAndIsNotBelieved()
    {
        using var listener = Listening(Options() with
        {
            ProxyProtocol = new() { TrustedNetworks = [IPNetwork.Parse($"{Trusted}/32")], AcceptsDirect = true },
        });
        await using var direct = await RawScu.ConnectedAsync(listener.HostPort, Stranger);
        await direct.Peer.AssociateAsync();
        Assert.Equal((Stranger, null), (listener.GetClient(0)!.PeerAddress, listener.GetClient(0)!.ProxyHeader));

        await using var liar = await RawScu.ConnectedAsync(listener.HostPort, Stranger);
        await liar.Peer.SendAsync(OfPeer, WireBytes.Of(WireBytes.Request()));

        await liar.Peer.ExpectAsync("AAbort 0/0"); // 0DH is no PDU (PS3.8 Table 9-10, Evt19 in Sta2: AA-1).
    }

    [Theory]
    [InlineData(Trusted, false, false)]
    [InlineData(Trusted, true, false)]
    [InlineData(Trusted, false, true)]
    [InlineData(Stranger, false, false)]
    [InlineData(Stranger, true, false)]
    public async Task Probe_OfABalancer_IsNoFailure(string from, bool resets, bool saysLocal)
    {
        var closed = new ConcurrentQueue<DicomExceptionCode>();
        using var listener = Listening();
        listener.Closed += (_, e) => closed.Enqueue(e.Error);
        for (var i = 0; i < 5; i++)
        {
            using var socket = await ConnectAsync(listener.HostPort, from);
            socket.Send(saysLocal ? ProxyHeaders.LocalCommand : []);
            if (resets)
            {
                socket.LingerState = new(enable: true, seconds: 0);
            }
        }

        await AssertServedAsync(listener);
        await Eventually.True(() => listener.Door.Connections.Unassociated == 0);
        Assert.DoesNotContain(_log.Entries, entry => entry.Level > LogLevel.Debug && entry.Id.Id is not (1000 or 1001));
        Assert.Equal((0, 0L), (_meters.Count("dicom.connection.refused"), listener.ClosedConnections));
        Assert.DoesNotContain(closed, error => error != DicomExceptionCode.Success);
    }

    [Fact]
    public async Task Close_WhileHeadersAreAwaited_EndsThemToo()
    {
        using var listener = Listening();
        using var silent = await ConnectAsync(listener.HostPort, Trusted);
        using var half = await ConnectAsync(listener.HostPort, Trusted);
        half.Send(OfPeer.AsSpan(0, 20));
        await Eventually.True(() => listener.Door.Connections.Unassociated == 2);

        listener.Close();

        Assert.Equal(0, await silent.ReceiveAsync(new byte[10]).WithTimeout());
        Assert.Equal(0, await half.ReceiveAsync(new byte[10]).WithTimeout());
        await Eventually.True(() => listener.Door.Connections.Unassociated == 0);
        Assert.DoesNotContain(_log.Entries, entry => entry.Level > LogLevel.Information);
        TestScp.Listening(listener);
        await AssertServedAsync(listener);
    }

    [Fact]
    public async Task Silence_BeforeTheHeader_CrowdsOutTheOldest()
    {
        using var listener = Listening(Options() with { Limits = new() { MaximumUnassociatedConnections = 2 } });
        using var oldest = await ConnectAsync(listener.HostPort, Trusted);
        await Eventually.True(() => listener.Door.Connections.Unassociated == 1);
        using var older = await ConnectAsync(listener.HostPort, Trusted);
        await Eventually.True(() => listener.Door.Connections.Unassociated == 2);

        using var newest = await ConnectAsync(listener.HostPort, Trusted);

        Assert.Equal(0, await oldest.ReceiveAsync(new byte[10]).WithTimeout());
        Assert.Equal(2, listener.Door.Connections.Unassociated);
    }

    [Fact]
    public void Options_WithoutANetworkToTrust_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new DicomNet(null, DicomNetSecurityMode.None, new() { ProxyProtocol = new() { TrustedNetworks = [] } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DicomNet(
            null, DicomNetSecurityMode.None, Options() with { ProxyProtocol = Options().ProxyProtocol! with { HeaderTimeout = TimeSpan.Zero } }));
    }

    public void Dispose() => _meters.Dispose();

    private DicomNetOptions Options() => new()
    {
        LoggerFactory = new SingleLoggerFactory(_log),
        MeterFactory = _meters,
        TimeProvider = _time,
        ProxyProtocol = new() { TrustedNetworks = [IPNetwork.Parse($"{Trusted}/32")] },
    };

    private DicomNet Listening(DicomNetOptions? options = null) => TestScp.AcceptingAll(options ?? Options());

    private static async Task AssertServedAsync(DicomNet listener)
    {
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort, Trusted);
        await scu.Peer.SendAsync(OfPeer);
        await scu.Peer.AssociateAsync();
        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(1));
        await scu.Peer.ReleaseAsync();
        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    private static async Task<Socket> ConnectAsync(int port, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port).WithTimeout();
        return socket;
    }

    /// <summary>A peer's stream whose first write goes out in one piece with what a proxy puts before it.</summary>
    private sealed class TogetherStream(Socket socket, byte[] before) : NetworkStream(socket)
    {
        private byte[] _before = before;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] bytes = [.. _before, .. buffer.Span];
            _before = [];
            return base.WriteAsync(bytes, cancellationToken);
        }
    }
}
