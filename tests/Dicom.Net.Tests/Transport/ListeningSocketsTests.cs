using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public class ListeningSocketsTests
{
    // 127/8 is all ours on Linux (RFC 1122 §3.2.1.3). Addresses of their own: a port that is free on one must be free on the other, whatever
    // other tests listen on.
    private static readonly IPAddress First = IPAddress.Parse("127.77.0.1");
    private static readonly IPAddress Second = IPAddress.Parse("127.77.0.2");

    private static readonly ListenRequest AnyPort = new("x", 0, 5, IpType.IPv4);

    [Fact]
    public void Open_SeveralAddressesAndPortZero_ShareOnePort()
    {
        SkipWhereOnlyOneLoopbackAddress();
        var sockets = ListeningSockets.Open(AnyPort, [First, Second], MachineNetworkFacts.Instance);
        try
        {
            var ports = sockets.Select(PortOf).Distinct().ToList();
            Assert.NotEqual(0, Assert.Single(ports));
        }
        finally
        {
            Close(sockets);
        }
    }

    [Fact]
    public void Open_PortZeroTakenOnTheSecondAddress_TriesAnotherPort()
    {
        SkipWhereOnlyOneLoopbackAddress();
        using var taken = Listening(Second, 0);
        var made = new List<Socket>();
        var sockets = ListeningSockets.Open(AnyPort, [First, Second], MachineNetworkFacts.Instance, Bind);
        try
        {
            Assert.Equal(3, made.Count); // the first, whose second failed; then both
            Assert.True(made[0].SafeHandle.IsClosed);
            Assert.All(sockets, socket => Assert.NotEqual(PortOf(taken), PortOf(socket)));
        }
        finally
        {
            Close(sockets);
        }

        Socket Bind(IPEndPoint asked)
        {
            var socket = ListeningSockets.Bind(made.Count == 0 ? new IPEndPoint(asked.Address, PortOf(taken)) : asked);
            made.Add(socket);
            return socket;
        }
    }

    [Fact]
    public void Open_PortZeroNeverFreeOnTheSecondAddress_GivesUpAfterBoundedTries()
    {
        SkipWhereOnlyOneLoopbackAddress();
        using var taken = Listening(Second, 0);
        var made = new List<Socket>();
        var error = Assert.Throws<TransportException>(
            () => ListeningSockets.Open(AnyPort, [First, Second], MachineNetworkFacts.Instance, Bind));

        Assert.Equal(TransportErrorKind.AddressInUse, error.Kind);
        Assert.Equal(32, made.Count);
        Assert.All(made, socket => Assert.True(socket.SafeHandle.IsClosed));

        Socket Bind(IPEndPoint asked)
        {
            var socket = ListeningSockets.Bind(new IPEndPoint(asked.Address, PortOf(taken)));
            made.Add(socket);
            return socket;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_SecondAddressFails_LeavesNothingBound(bool inUse)
    {
        SkipWhereOnlyOneLoopbackAddress();
        using var taken = Listening(Second, 0);
        var made = new List<Socket>();
        var second = inUse ? Second : IPAddress.Parse("203.0.113.9"); // RFC 5737: nobody's
        var error = Assert.Throws<TransportException>(() => ListeningSockets.Open(
            AnyPort with { Port = PortOf(taken) }, [First, second], MachineNetworkFacts.Instance, Bind));

        Assert.Equal(inUse ? TransportErrorKind.AddressInUse : TransportErrorKind.AddressNotAvailable, error.Kind);
        Assert.Contains(second.ToString(), error.Message);
        Assert.True(Assert.Single(made).SafeHandle.IsClosed);

        Socket Bind(IPEndPoint asked)
        {
            var socket = ListeningSockets.Bind(asked);
            made.Add(socket);
            return socket;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(77)]
    public void Open_Backlog_ReachesListenUnchanged(int backlog)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the backlog of a socket (TCP_INFO).");
        var sockets = ListeningSockets.Open(AnyPort with { Backlog = backlog }, [IPAddress.Loopback], MachineNetworkFacts.Instance);
        try
        {
            Assert.Equal(backlog, BacklogOf(Assert.Single(sockets)));
        }
        finally
        {
            Close(sockets);
        }
    }

    // Of a listening socket, tcpi_sacked of struct tcp_info (linux/tcp.h) is the limit of the accept queue.
    private static int BacklogOf(Socket socket)
    {
        const int ipProtoTcp = 6;
        const int tcpInfo = 11;
        const int offsetOfSacked = 28;
        var info = new byte[104];
        socket.GetRawSocketOption(ipProtoTcp, tcpInfo, info);
        return BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(offsetOfSacked));
    }

    private static Socket Listening(IPAddress address, int port)
    {
        var socket = ListeningSockets.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static void Close(Socket[] sockets) => Array.ForEach(sockets, socket => socket.Dispose());

    private static void SkipWhereOnlyOneLoopbackAddress()
        => Assert.SkipWhen(OperatingSystem.IsMacOS(), "macOS gives the loopback interface 127.0.0.1 only.");
}
