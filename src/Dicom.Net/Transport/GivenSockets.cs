using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>Sockets that somebody else has bound, and perhaps made to listen: a service manager, or the application.</summary>
internal static class GivenSockets
{
    /// <summary>Makes them listen.</summary>
    /// <exception cref="TransportException">One of them cannot be listened on; the message says why.</exception>
    public static void Listen(IReadOnlyList<Socket> sockets, int backlog)
    {
        ListenRequest.RequireBacklog(backlog);
        foreach (var socket in sockets)
        {
            RequireBoundTcp(socket);
            try
            {
                SocketSettings.BoundUnsent(socket);
                socket.Listen(backlog);
            }
            catch (SocketException error)
            {
                var kind = SocketErrors.KindOf(error.SocketErrorCode);
                throw new TransportException(
                    kind, $"Cannot listen on the socket of {socket.LocalEndPoint}: {SocketErrors.ReasonOf(error)}.", error);
            }
        }
    }

    /// <summary>
    /// Waits for the next connection, without a thread in the system's accept(): where others have the socket too, nothing that wakes it for this
    /// process alone would bring it out of there.
    /// </summary>
    public static Socket Accept(Socket socket) => socket.AcceptAsync().GetAwaiter().GetResult();

    private static void RequireBoundTcp(Socket socket)
    {
        if (socket.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6) || socket.SocketType != SocketType.Stream)
        {
            throw TransportException.BadParameter(
                $"The socket is one of {socket.AddressFamily} and {socket.SocketType}: DICOM is spoken over TCP (PS3.8 §9.1).");
        }

        if (socket.Connected || !IsBound(socket))
        {
            throw TransportException.BadParameter("The socket is not bound to an address, or it is a connection: bind it first.");
        }
    }

    // Of a socket from elsewhere .NET knows it only where it listens already; the system tells port 0 where it is not bound.
    private static bool IsBound(Socket socket)
    {
        try
        {
            return socket.IsBound || socket.LocalEndPoint is IPEndPoint { Port: > 0 };
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
