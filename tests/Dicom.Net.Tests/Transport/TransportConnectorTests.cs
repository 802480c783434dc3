using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Transport;

public class TransportConnectorTests
{
    private static readonly FakeNetworkFacts Names = new()
    {
        Names = new() { ["pacs"] = ["127.0.0.1"], ["both"] = ["::1", "127.0.0.1"], ["two"] = ["127.78.0.2", "127.78.0.1"] },
    };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("pacs")]
    public async Task Connect_PeerListens_IsConnectedWithoutNaglesDelay(string host)
    {
        using var listener = ListenOn(IPAddress.Loopback);
        using var socket = await ConnectAsync(host, PortOf(listener)).WithTimeout();
        Assert.True(socket.NoDelay);
        Assert.Equal(listener.LocalEndPoint, socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Connect_IPv6Literal_IsConnected()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = ListenOn(IPAddress.IPv6Loopback);
        using var socket = await ConnectAsync("::1", PortOf(listener), IpType.IPv6).WithTimeout();
        Assert.Equal(listener.LocalEndPoint, socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Connect_FirstAddressOfTheNameRefuses_TriesTheNext()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = ListenOn(IPAddress.Loopback);
        using var socket = await ConnectAsync("both", PortOf(listener), IpType.IPv4OrIPv6).WithTimeout();
        Assert.Equal(listener.LocalEndPoint, socket.RemoteEndPoint);
    }

    [Fact]
    public async Task Connect_EveryAddressRefuses_NamesEachAndWhy()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS gives the loopback interface 127.0.0.1 only.");
        // Addresses of its own, on which nobody else listens.
        var port = FreePort(IPAddress.Parse("127.78.0.1"));
        var error = await FailsAsync(() => ConnectAsync("two", port));
        Assert.Equal(TransportErrorKind.ConnectionRefused, error.Kind);
        Assert.Equal(SocketError.ConnectionRefused, error.SocketError);
        Assert.Equal(
            $"Cannot connect to 'two', port {port}. 127.78.0.2:{port}: connection refused, nothing listens there; "
            + $"127.78.0.1:{port}: connection refused, nothing listens there.",
            error.Message);
    }

    [Fact]
    public async Task Connect_LocalAddressAndPort_ComesFromThere()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS gives the loopback interface 127.0.0.1 only.");
        var local = IPAddress.Parse("127.78.0.3"); // Its own, so that nobody else is given the port.
        using var listener = ListenOn(IPAddress.Loopback);
        var localPort = FreePort(local);
        using var socket = await ConnectAsync("127.0.0.1", PortOf(listener), localHost: $"{local}", localPort: localPort).WithTimeout();
        Assert.Equal(new IPEndPoint(local, localPort), socket.LocalEndPoint);
    }

    [Fact]
    public async Task Connect_LocalPortOnly_ComesFromThatPort()
    {
        using var listener = ListenOn(IPAddress.Loopback);
        for (var attempt = 1; ; attempt++)
        {
            var localPort = FreePort(IPAddress.Any);
            try
            {
                using var socket = await ConnectAsync("127.0.0.1", PortOf(listener), localPort: localPort).WithTimeout();
                Assert.Equal(localPort, PortOf(socket));
                return;
            }
            catch (TransportException error) when (error.Kind == TransportErrorKind.AddressInUse && attempt < 10)
            {
                // Another test was given that port meanwhile.
            }
        }
    }

    [Fact]
    public async Task Connect_LocalAddressOfAnotherMachine_IsAddressNotAvailable()
    {
        var error = await FailsAsync(() => ConnectAsync("127.0.0.1", 104, localHost: "203.0.113.9")); // RFC 5737: nobody's
        Assert.Equal(TransportErrorKind.AddressNotAvailable, error.Kind);
    }

    [Fact]
    public async Task Connect_LocalAddressOfTheOtherFamily_IsToldSo()
    {
        var error = await FailsAsync(() => ConnectAsync("::1", 104, IpType.IPv4OrIPv6, localHost: "127.0.0.1"));
        Assert.Equal(TransportErrorKind.AddressFamilyNotSupported, error.Kind);
        Assert.Contains("the local address is of another family", error.Message);
    }

    [Fact]
    public async Task Connect_UnknownName_IsHostNotFound()
        => Assert.Equal(TransportErrorKind.HostNotFound, (await FailsAsync(() => ConnectAsync("unknown", 104))).Kind);

    [Theory]
    [InlineData("", 104, 0)]
    [InlineData("*", 104, 0)]
    [InlineData("0.0.0.0", 104, 0)]
    [InlineData("127.0.0.1", 0, 0)]
    [InlineData("127.0.0.1", 65536, 0)]
    [InlineData("127.0.0.1", 104, -1)]
    [InlineData("127.0.0.1", 104, 65536)]
    public async Task Connect_ArgumentThatMeansNoPeer_IsBadParameter(string host, int port, int localPort)
    {
        var error = await FailsAsync(() => ConnectAsync(host, port, localPort: localPort));
        Assert.Equal(TransportErrorKind.BadParameter, error.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(3e12)]
    public async Task Connect_TimeoutOutOfRange_IsBadParameter(double milliseconds)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Equal(TransportErrorKind.BadParameter, (await FailsAsync(() => ConnectAsync("127.0.0.1", 104, timeout: timeout))).Kind);
    }

    [Fact]
    public async Task Connect_IpTypeNone_IsBadParameter()
        => Assert.Equal(TransportErrorKind.BadParameter, (await FailsAsync(() => ConnectAsync("127.0.0.1", 104, IpType.None))).Kind);

    [Fact]
    public async Task Connect_NameServerDoesNotAnswer_TimesOut()
    {
        var time = new FakeTimeProvider();
        var facts = new SilentNameServer();
        var connecting = TransportConnector.ConnectAsync(
            null, 0, "pacs", 104, IpType.IPv4, TimeSpan.FromSeconds(5), time, CancellationToken.None, facts).AsTask();
        await facts.Asked.Task.WithTimeout();
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(connecting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var error = await FailsAsync(() => connecting);
        Assert.Equal(TransportErrorKind.TimedOut, error.Kind);
        Assert.Contains("'pacs' was not resolved within 5 s", error.Message);
    }

    [Fact]
    public async Task Connect_CancelledByTheCaller_IsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var facts = new SilentNameServer();
        var connecting = TransportConnector.ConnectAsync(
            null, 0, "pacs", 104, IpType.IPv4, TimeSpan.FromSeconds(5), new FakeTimeProvider(), cancel.Token, facts).AsTask();
        await facts.Asked.Task.WithTimeout();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WithTimeout());
    }

    [Fact]
    public async Task Patience_SilentAttempt_LeavesTimeForTheNext()
    {
        var time = new FakeTimeProvider();
        var patience = new ConnectPatience(TimeSpan.FromSeconds(6), time, CancellationToken.None);
        var first = patience.RunAsync(Silence, shareOf: 2, () => "first").AsTask();
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(first.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("first", (await FailsAsync(() => first)).Message);

        Assert.Equal(42, await patience.RunAsync(_ => ValueTask.FromResult(42), shareOf: 1, () => "second").WithTimeout());
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("third", (await FailsAsync(() => patience.RunAsync(Silence, shareOf: 1, () => "third").AsTask())).Message);
    }

    private static async ValueTask<int> Silence(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }

    private static Task<Socket> ConnectAsync(
        string host, int port, IpType ipType = IpType.IPv4, string? localHost = null, int localPort = 0, TimeSpan? timeout = null)
        => TransportConnector.ConnectAsync(
            localHost, localPort, host, port, ipType, timeout, TimeProvider.System, CancellationToken.None, Names).AsTask();

    private static Task<TransportException> FailsAsync(Func<Task> call)
        => Assert.ThrowsAsync<TransportException>(() => call().WithTimeout());

    private static Socket ListenOn(IPAddress address)
    {
        var socket = ListeningSockets.Bind(new IPEndPoint(address, 0));
        socket.Listen();
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static int FreePort(IPAddress address)
    {
        using var socket = ListeningSockets.Bind(new IPEndPoint(address, 0));
        return PortOf(socket);
    }

    private sealed class SilentNameServer : INetworkFacts
    {
        public TaskCompletionSource Asked { get; } = new();

        public bool SupportsIPv4 => true;

        public bool SupportsIPv6 => true;

        public IReadOnlyList<LocalAddress> LocalAddresses() => [];

        public IReadOnlyList<IPAddress> Resolve(string name) => throw new NotSupportedException();

        public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return [];
        }
    }
}
