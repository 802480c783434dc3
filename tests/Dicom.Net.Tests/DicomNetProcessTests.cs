using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests;

/// <summary>Socket options, and LDicomNet's calls that do nothing. The process-wide ones are changed here alone, and put back.</summary>
public sealed class DicomNetProcessTests : IDisposable
{
    private readonly DicomSocketOptions _before = DicomNet.GetDefaultSocketOptions();

    public void Dispose() => DicomNet.SetDefaultSocketOptions(_before);

    [Fact]
    public void GetDefaultSocketOptions_Changed_ChangesNothingUntilItIsSet()
    {
        var options = DicomNet.GetDefaultSocketOptions();
        options.KeepAliveCount = 9;
        Assert.NotEqual(9, DicomNet.GetDefaultSocketOptions().KeepAliveCount);

        DicomNet.SetDefaultSocketOptions(options);
        options.KeepAliveCount = 3;
        Assert.Equal(9, DicomNet.GetDefaultSocketOptions().KeepAliveCount);
        Assert.Throws<ArgumentNullException>(() => DicomNet.SetDefaultSocketOptions(null!));
    }

    [Fact]
    public void SocketOptions_OwnThenOfTheOptionsThenTheDefaultOnes_AreTheObjects()
    {
        DicomNet.SetDefaultSocketOptions(new() { KeepAliveCount = 1 });
        using var plain = new DicomNet(null, DicomNetSecurityMode.None);
        using var furnished = new DicomNet(null, DicomNetSecurityMode.None, new() { Socket = new() { KeepAliveCount = 2 } });

        Assert.Equal((1, 2), (plain.SocketOptions.KeepAliveCount, furnished.SocketOptions.KeepAliveCount));
        var own = furnished.SocketOptions;
        own.KeepAliveCount = 3;
        Assert.Equal(2, furnished.SocketOptions.KeepAliveCount);
        furnished.SocketOptions = own;
        own.KeepAliveCount = 4;
        Assert.Equal(3, furnished.SocketOptions.KeepAliveCount);
        Assert.Throws<ArgumentNullException>(() => plain.SocketOptions = null!);
    }

    [Fact]
    public async Task SocketOptions_OfListenerAndConnector_ReachTheirSockets()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, new() { Socket = new() { ReceiveBufferSize = 70_000 } });
        listener.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification);
        TestScp.Listening(listener);
        using var scu = new TestScu(new() { Socket = new() { NoDelay = false, SendBufferSize = 50_000, KeepAlive = true, KeepAliveIdle = 60 } });

        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Listen_BufferSizes_AreTheAcceptedConnections()
    {
        var accepted = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = TransportListener.Listen(
            new("127.0.0.1", 0, 1, IpType.IPv4),
            new() { Socket = new() { ReceiveBufferSize = 70_000 } },
            accepted.SetResult,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, listener.Port), TestContext.Current.CancellationToken);

        using var socket = await accepted.Task.WithTimeout();
        Assert.InRange(socket.ReceiveBufferSize, 70_000, 140_000); // Linux doubles it: socket(7), SO_RCVBUF.
    }

    [Fact]
    public async Task Connect_OptionsOfTheCall_AreTheSockets()
    {
        using var listener = TestScp.AcceptingAll();
        using var socket = await TransportConnector.ConnectAsync(
            null, 0, "127.0.0.1", listener.HostPort, IpType.IPv4, null, TimeProvider.System, TestContext.Current.CancellationToken,
            options: new() { NoDelay = false, KeepAlive = true, KeepAliveCount = 5 });

        Assert.False(socket.NoDelay);
        Assert.Equal(5, (int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount)!);
    }

    [Fact]
    public async Task StartupShutdownBreatheAndOptimizedSend_AtAnyTime_ChangeNothing()
    {
        DicomNet.Startup();
        DicomNet.Startup();
        using var listener = TestScp.AcceptingAll();
        listener.CEchoRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        scu.Net.Breathe();
        scu.Net.EnableOptimizedMemorySend(true);
        scu.Net.EnableOptimizedMemorySend(false);
        DicomNet.Shutdown();
        DicomNet.Shutdown();

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        using var disposed = new DicomNet(null, DicomNetSecurityMode.None);
        disposed.Dispose();
        disposed.Breathe();
    }
}
