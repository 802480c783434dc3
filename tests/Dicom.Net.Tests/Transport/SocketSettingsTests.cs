using System.Net;
using System.Net.Sockets;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public sealed class SocketSettingsTests : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Apply_DefaultOptions_SetsNoDelayAlone()
    {
        using var untouched = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        SocketSettings.Apply(_socket, new());

        Assert.True(_socket.NoDelay);
        Assert.Equal(untouched.SendBufferSize, _socket.SendBufferSize);
        Assert.Equal(untouched.ReceiveBufferSize, _socket.ReceiveBufferSize);
        Assert.NotEqual(0, Option(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
    }

    [Fact]
    public void Apply_EveryOption_IsTheSockets()
    {
        SocketSettings.Apply(_socket, new()
        {
            NoDelay = false,
            SendBufferSize = 50_000,
            ReceiveBufferSize = 60_000,
            KeepAlive = true,
            KeepAliveIdle = 30,
            KeepAliveInterval = 5,
            KeepAliveCount = 4,
        });

        Assert.False(_socket.NoDelay);
        Assert.InRange(_socket.SendBufferSize, 50_000, 100_000); // Linux doubles it, for its own bookkeeping: socket(7), SO_SNDBUF.
        Assert.InRange(_socket.ReceiveBufferSize, 60_000, 120_000);
        Assert.NotEqual(0, Option(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(30, Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(5, Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(4, Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }

    [Fact]
    public void Apply_KeepAliveOff_LeavesItsTimesAlone()
    {
        var before = Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime);

        SocketSettings.Apply(_socket, new() { KeepAlive = false, KeepAliveIdle = 30 });

        Assert.Equal(0, Option(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(before, Option(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
    }

    [Fact]
    public async Task BoundUnsent_AnAcceptedConnectionWhosePeerDoesNotRead_TakesLittle()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux knows the option, and hands it on from the listening socket.");
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SocketSettings.BoundUnsent(listening);
        listening.Listen();
        _socket.ReceiveBufferSize = 4096;
        await _socket.ConnectAsync(listening.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var accepted = await listening.AcceptAsync(TestContext.Current.CancellationToken);
        accepted.Blocking = false;

        var taken = 0;
        var small = new byte[100];
        SocketError error;
        do
        {
            taken += accepted.Send(small, SocketFlags.None, out error);
        }
        while (error == SocketError.Success && taken < 4_000_000);

        Assert.Equal(SocketError.WouldBlock, error);
        Assert.InRange(taken, 100_000, 500_000);
    }

    private int Option(SocketOptionLevel level, SocketOptionName name) => (int)_socket.GetSocketOption(level, name)!;
}
