using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>Plain sockets of the peer, and what this machine can do.</summary>
internal static class Loopback
{
    public static void SkipWithoutIPv6()
    {
        if (!MachineNetworkFacts.Instance.LocalAddresses().Any(local => local.Address.Equals(IPAddress.IPv6Loopback)))
        {
            Assert.Skip("This machine has no ::1 on an interface that is up (see: ip -6 addr show lo).");
        }
    }

    public static async Task<Socket> ConnectAsync(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port).WithTimeout();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Nobody listens there. It may take a moment: a test that runs at the same time may have been given that port, which is free for it, and
    /// soon gives it back.
    /// </summary>
    public static Task AssertRefusedAsync(IPAddress address, int port) =>
        Eventually.True(() => IsRefused(address, port), text: $"connections to {address}, port {port}, are refused");

    private static bool IsRefused(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(address, port);
            return false;
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
            return true;
        }
    }

    /// <summary>Two ends of one TCP connection on 127.0.0.1.</summary>
    public static async Task<(Socket Requestor, Socket Acceptor)> ConnectedPairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var requestor = await ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port);
        return (requestor, await listener.AcceptAsync().WithTimeout());
    }
}
