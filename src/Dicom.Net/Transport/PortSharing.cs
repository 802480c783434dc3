using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>SO_REUSEPORT: several processes of a user listen on one port, and the system hands each connection to one of them (socket(7)).</summary>
internal static class PortSharing
{
    // asm-generic/socket.h; .NET has no name for it.
    private const int SocketLevel = 1, ReusePort = 15;

    /// <summary>For a socket before it is bound.</summary>
    /// <exception cref="TransportException">This system does not share connections out.</exception>
    public static void Allow(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw TransportException.BadParameter(
                "Of the systems that .NET runs on, Linux alone shares out connections among processes on one port (SO_REUSEPORT): give each a port "
                + "of its own.");
        }

        socket.SetRawSocketOption(SocketLevel, ReusePort, [1, 0, 0, 0]);
    }
}
