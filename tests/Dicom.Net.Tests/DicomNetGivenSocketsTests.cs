using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests;

/// <summary>Listening on sockets from outside, and on one port with others.</summary>
public sealed partial class DicomNetGivenSocketsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listen_OnASocketThatIsBound_Serves(bool listensAlready)
    {
        var socket = Bound(IPAddress.Loopback);
        if (listensAlready)
        {
            socket.Listen(5);
            socket.Blocking = false;
        }

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        using var listener = AcceptingAll();

        Assert.Equal(DicomNetResult.Success, listener.Listen(socket, 128));

        Assert.Equal((port, new IPEndPoint(IPAddress.Loopback, port)), (listener.HostPort, Assert.Single(listener.LocalEndPoints)));
        await AssertServedAsync(port);
        listener.Close();
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
    }

    [Fact]
    public async Task Listen_OnASocketOfBothFamilies_ShowsAPeerOfIPv4AsOne()
    {
        Loopback.SkipWithoutIPv6();
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var listener = AcceptingAll(new() { HealthPort = 0 });
        listener.Listen(socket, 128).ThrowIfFailed();

        // The check comes by either family, too.
        (await Loopback.ConnectAsync(IPAddress.IPv6Loopback, listener.HealthPort)).Dispose();
        (await Loopback.ConnectAsync(IPAddress.Loopback, listener.HealthPort)).Dispose();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal("127.0.0.1", listener.GetClient(0)!.PeerAddress);
    }

    [Fact]
    public async Task Close_OfASocketThatAnotherHasToo_LeavesItListeningForTheNext()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no service manager that hands over sockets");
        using var manager = Bound(IPAddress.Loopback);
        manager.Listen(5);
        var port = ((IPEndPoint)manager.LocalEndPoint!).Port;
        using var first = AcceptingAll();
        first.Listen(AnotherHandleOf(manager), 128).ThrowIfFailed();
        await AssertServedAsync(port);

        first.Dispose();

        // Who comes now waits in the queue.
        using var scu = new TestScu();
        await scu.ConnectAsync(port);
        using var second = AcceptingAll();
        second.Listen(AnotherHandleOf(manager), 128).ThrowIfFailed();
        scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();
        await scu.NextAsync<DicomAssociateAcceptEventArgs>();
    }

    [Fact]
    public async Task Listen_OnASocketThatCannotBe_SaysWhyAndLeavesItToTheCaller()
    {
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var unbound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var (requestor, acceptor) = await Loopback.ConnectedPairAsync();
        using var one = requestor;
        using var other = acceptor;
        var closed = Bound(IPAddress.Loopback);
        closed.Dispose();
        using var bound = Bound(IPAddress.Loopback);
        using var listener = AcceptingAll();

        AssertRefused("over TCP", listener.Listen(datagrams, 1));
        AssertRefused("bind it first", listener.Listen(unbound, 1));
        AssertRefused("it is a connection", listener.Listen(acceptor, 1));
        AssertRefused("closed", listener.Listen(closed, 1));
        AssertRefused("negative", listener.Listen(bound, -1));

        Assert.Equal(DicomNetResult.Success, listener.Listen(bound, 1));
        await AssertServedAsync(listener.HostPort);
    }

    [Fact]
    public async Task Listen_HealthPortTaken_LeavesTheSocketToTheCaller()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var socket = Bound(IPAddress.Loopback);
        using var listener = AcceptingAll(new() { HealthPort = ((IPEndPoint)taken.LocalEndpoint).Port });

        Assert.Equal(DicomExceptionCode.NetAddressInUse, listener.Listen(socket, 1).Code);

        using var another = AcceptingAll();
        another.Listen(socket, 1).ThrowIfFailed();
        await AssertServedAsync(another.HostPort);
    }

    [Fact]
    public void ListenActivated_WithoutAServiceManager_SaysWhatToDo()
    {
        using var listener = AcceptingAll();

        AssertRefused(OperatingSystem.IsWindows() ? "Windows" : "LISTEN_FDS", listener.ListenActivated(null, 1));
    }

    [Fact]
    public async Task Listen_SharingAPort_ServesAsOne()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux alone shares out connections");
        var options = new DicomNetOptions { Socket = new() { SharesPort = true } };
        using var first = AcceptingAll(options);
        using var second = AcceptingAll(options);
        using var selfish = AcceptingAll();
        TestScp.Listening(first);

        Assert.Equal(DicomNetResult.Success, second.Listen("127.0.0.1", first.HostPort, 128));
        Assert.Equal(DicomExceptionCode.NetAddressInUse, selfish.Listen("127.0.0.1", first.HostPort, 128).Code);

        List<TestScu> peers = [];
        for (var i = 0; i < 10; i++)
        {
            peers.Add(await TestScu.AssociatedAsync(first.HostPort, DicomUids.Verification));
        }

        Assert.Equal(10, first.GetClientCount() + second.GetClientCount());
        peers.ForEach(peer => peer.Dispose());
        first.Close();
        await AssertServedAsync(second.HostPort);
    }

    private static DicomNet AcceptingAll(DicomNetOptions? options = null)
    {
        var listener = new DicomNet(null, DicomNetSecurityMode.None, options ?? new());
        listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        return listener;
    }

    // As a process has it to whom a service manager hands the socket over: dup(2) clears FD_CLOEXEC.
    private static Socket AnotherHandleOf(Socket socket) => new(new SafeSocketHandle(Duplicate((int)socket.Handle), ownsHandle: true));

    [LibraryImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int handle);

    private static Socket Bound(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private static void AssertRefused(string words, DicomNetResult result)
    {
        Assert.Equal(DicomExceptionCode.Parameter, result.Code);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    private static async Task AssertServedAsync(int port)
    {
        using var scu = await TestScu.AssociatedAsync(port, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();
    }
}
