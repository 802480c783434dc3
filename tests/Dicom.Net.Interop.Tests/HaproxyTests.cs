using System.Globalization;
using System.Net;
using Dicom.Net.Interop.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Interop.Tests;

/// <summary>Behind HAProxy: who the peer is, what HAProxy knows of his TLS, and where peers go when one of two nodes ends.</summary>
public sealed class HaproxyTests : IDisposable
{
    private const string Peer = "127.0.0.5";

    private readonly LineLog _log = new();
    private readonly TlsFiles _files = new TlsFiles().With("server").With("client");

    public void Dispose()
    {
        _files.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData("send-proxy", 1)]
    [InlineData("send-proxy-v2", 2)]
    [InlineData("send-proxy-v2 proxy-v2-options crc32c,unique-id", 2)]
    public async Task Peer_ThroughHaproxy_IsKnownByItsOwnAddress(string sending, int version)
    {
        using var scp = Listening(Options());
        await using var haproxy = await Haproxy.StartAsync("", IPAddress.Loopback, "unique-id-format %[uuid()]", Server("one", scp, sending));

        using var scu = await LocalScu.AssociateAsync(haproxy.Port, Peer);

        var client = scp.GetClient(0)!;
        Assert.Equal((Peer, version, false), (client.PeerAddress, client.ProxyHeader!.Version, client.ProxyHeader.IsLocal));
        Assert.Equal((haproxy.Port, "127.0.0.1"), (client.HostPort, client.ProxyHeader.Proxy!.Address.ToString()));
        Assert.Equal(sending.Contains("unique-id", StringComparison.Ordinal) ? 36 : 0, client.ProxyHeader.UniqueId.Length);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Theory]
    [InlineData("send-proxy")]
    [InlineData("send-proxy-v2")]
    public async Task Peer_OfIPv6ThroughHaproxyOverIPv4_IsKnownByItsOwnAddress(string sending)
    {
        Require.IPv6();
        using var scp = Listening(Options());
        await using var haproxy = await Haproxy.StartAsync("", IPAddress.IPv6Loopback, Server("one", scp, sending));

        using var scu = await LocalScu.AssociateAsync(haproxy.Port, "::1", "::1");

        Assert.Equal("::1", scp.GetClient(0)!.PeerAddress);
    }

    [Theory]
    [InlineData("client", "client", true)]
    [InlineData(null, null, false)]
    public async Task Tls_EndedByHaproxy_IsToldWithThePeersCertificate(string? certificate, string? commonName, bool isVerified)
    {
        using var scp = Listening(Options());

        // HAProxy wants both in one file.
        var pem = _files.CertificateOf("server") + ".pem";
        File.WriteAllText(pem, File.ReadAllText(_files.CertificateOf("server")) + "\n" + File.ReadAllText(_files.KeyOf("server")));
        await using var haproxy = await Haproxy.StartAsync(
            $"ssl crt {pem} ca-file {_files.Authority} verify optional",
            IPAddress.Loopback,
            Server("one", scp, "send-proxy-v2-ssl-cn proxy-v2-options ssl,cert-cn,ssl-cipher,cert-sig,cert-key,authority,crc32c"));

        using var scu = await LocalScu.AssociateAsync(
            haproxy.Port, Peer, tls: _files.Options(certificate) with { TargetHost = "localhost" });

        var header = scp.GetClient(0)!.ProxyHeader!;
        Assert.Equal((Peer, "localhost"), (scp.GetClient(0)!.PeerAddress, header.Authority));
        Assert.StartsWith("TLSv1.", header.Tls!.Version, StringComparison.Ordinal);
        Assert.NotEmpty(header.Tls.Cipher!);
        Assert.Equal(("RSA-SHA256", "RSA2048"), (header.Tls.SignatureAlgorithm, header.Tls.KeyAlgorithm));
        Assert.Equal((commonName, isVerified), (header.Tls.CommonName, header.Tls.IsVerified));
    }

    [Fact]
    public async Task Tls_PassedOnByHaproxy_IsOurs()
    {
        using var scp = Listening(Options() with { Tls = _files.Options("server") });
        await using var haproxy = await Haproxy.StartAsync("", IPAddress.Loopback, Server("one", scp, "send-proxy-v2"));

        using var scu = await LocalScu.AssociateAsync(haproxy.Port, Peer, tls: _files.Options(null) with { TargetHost = "localhost" });

        var client = scp.GetClient(0)!;
        Assert.Equal((Peer, DicomTlsStatusType.Ready), (client.PeerAddress, client.GetTlsStatus()));
    }

    [Theory]
    [InlineData("send-proxy-v2 check inter 100ms")] // A header with LOCAL.
    [InlineData("send-proxy check inter 100ms")] // A header with HAProxy's own address.
    public async Task Checks_WithAHeader_AreNoFailures(string sending)
    {
        using var scp = Listening(Options());
        await using var haproxy = await Haproxy.StartAsync("", IPAddress.Loopback, Server("one", scp, sending));

        await Timeouts.UntilAsync(() => _log.Count(3107) >= 5, "five checks");

        await AssertServedWithoutAWordAsync(scp, haproxy);
    }

    // HAProxy ends these in the midst of the handshake of TCP, and the system tells us of none.
    [Theory]
    [InlineData("check port PORT inter 100ms send-proxy-v2", true)] // Where its port is named, a check has no header.
    [InlineData("check inter 100ms", false)]
    public async Task Checks_WithoutAHeader_AreNoFailures(string sending, bool throughProxy)
    {
        using var scp = Listening(throughProxy ? Options() : Options() with { ProxyProtocol = null });
        await using var haproxy = await Haproxy.StartAsync(
            "", IPAddress.Loopback, "option log-health-checks",
            Server("one", scp, sending.Replace("PORT", scp.HostPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

        await haproxy.Process.LineAsync(line => line.Contains("Health check for server dicom/one succeeded", StringComparison.Ordinal));

        await AssertServedWithoutAWordAsync(scp, haproxy);
    }

    [Fact]
    public async Task Draining_BehindHaproxy_SendsNewPeersElsewhereAndRefusesNobody()
    {
        using var leaving = Listening(Options());
        using var staying = Listening(Options());
        await using var haproxy = await Haproxy.StartAsync(
            "", IPAddress.Loopback, "balance roundrobin", CheckedServer("leaving", leaving), CheckedServer("staying", staying));
        List<LocalScu> scus = [];
        await AssociateUntilAsync(() => leaving.GetClientCount() > 0 && staying.GetClientCount() > 0);

        // Longer than HAProxy takes to notice on the busiest machine.
        _ = leaving.CloseAsync(Timeout.InfiniteTimeSpan, rejectNewcomers: false, delay: TimeSpan.FromMinutes(10));
        await AssociateUntilAsync(() => haproxy.Process.Output.Contains("dicom/leaving is DOWN", StringComparison.Ordinal));
        var before = leaving.GetClientCount();
        var then = staying.GetClientCount();
        await AssociateUntilAsync(() => staying.GetClientCount() >= then + 5);

        Assert.Equal(before, leaving.GetClientCount());
        var closing = leaving.CloseAsync(Timeout.InfiniteTimeSpan);
        foreach (var scu in scus)
        {
            Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
            scu.Dispose();
        }

        await closing.WithTimeout();

        // None of them is refused, or the test has failed.
        async Task AssociateUntilAsync(Func<bool> condition) =>
            await Timeouts.UntilAsync(
                async () =>
                {
                    scus.Add(await LocalScu.AssociateAsync(haproxy.Port, Peer));
                    return condition();
                },
                "the associations are where they should be");
    }

    private async Task AssertServedWithoutAWordAsync(DicomNet scp, Haproxy haproxy)
    {
        using var scu = await LocalScu.AssociateAsync(haproxy.Port, Peer);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Empty(_log.Above(LogLevel.Debug));
        Assert.Equal(0, scp.ClosedConnections);
    }

    private static string CheckedServer(string name, DicomNet scp) =>
        Server(name, scp, string.Create(CultureInfo.InvariantCulture, $"send-proxy-v2 check port {scp.HealthPort} inter 100ms fall 2 rise 1"));

    private static string Server(string name, DicomNet scp, string options) =>
        string.Create(CultureInfo.InvariantCulture, $"server {name} 127.0.0.1:{scp.HostPort} {options}");

    private static DicomNet Listening(DicomNetOptions options)
    {
        var scp = new DicomNet(null, options.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options);
        scp.AssociateRequestReceived += (_, request) => request.Accept(request.Association.CreateAcceptAll());
        scp.CEchoRequestReceived += (_, request) => request.Respond(DicomCommandStatusType.Success);
        scp.Listen("127.0.0.1", 0, 128).ThrowIfFailed();
        return scp;
    }

    private DicomNetOptions Options() => new()
    {
        LoggerFactory = _log,
        HealthPort = 0,
        ProxyProtocol = new() { TrustedNetworks = [IPNetwork.Parse("127.0.0.1/32")] },
    };
}
