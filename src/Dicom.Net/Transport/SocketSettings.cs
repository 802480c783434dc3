using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>Brings options to a socket. What is the system's default is not touched: it would cost each connection a system call.</summary>
internal static class SocketSettings
{
    // linux/tcp.h; .NET has no name for it. A socket that is accepted has what its listener has.
    private const int ProtocolTcp = 6, NotSentLowWaterMark = 25;

    /// <summary>
    /// How much waits in the system for a peer that does not read, in bytes: the answers to some thousand C-ECHOs. What is on its way to a
    /// peer that reads is not counted: nothing goes slower. Arbitrary.
    /// </summary>
    private const int MostUnsent = 256 * 1024;

    /// <summary>For a socket before it connects, or once it was accepted.</summary>
    /// <exception cref="SocketException">The system does not take a value, or the connection has ended.</exception>
    public static void Apply(Socket socket, DicomSocketOptions options)
    {
        ApplyBuffers(socket, options);
        if (options.NoDelay)
        {
            socket.NoDelay = true;
        }

        if (options.KeepAlive)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            Set(socket, SocketOptionName.TcpKeepAliveTime, options.KeepAliveIdle);
            Set(socket, SocketOptionName.TcpKeepAliveInterval, options.KeepAliveInterval);
            Set(socket, SocketOptionName.TcpKeepAliveRetryCount, options.KeepAliveCount);
        }
    }

    /// <summary>
    /// For a socket before it listens too: the largest window of a connection is agreed on when it begins (RFC 7323 §2.2), and accepted ones
    /// begin with their listener's buffer.
    /// </summary>
    /// <exception cref="SocketException">The system does not take a value.</exception>
    public static void ApplyBuffers(Socket socket, DicomSocketOptions options)
    {
        if (options.SendBufferSize > 0)
        {
            socket.SendBufferSize = options.SendBufferSize;
        }

        if (options.ReceiveBufferSize > 0)
        {
            socket.ReceiveBufferSize = options.ReceiveBufferSize;
        }
    }

    /// <summary>
    /// For a socket before it listens: where the system fits its buffer to the connection, a peer that asks and asks and reads no answer would
    /// have megabytes of them made before it is held back (tcp(7), TCP_NOTSENT_LOWAT).
    /// </summary>
    public static void BoundUnsent(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(ProtocolTcp, NotSentLowWaterMark, BitConverter.GetBytes(MostUnsent));
        }
        catch (SocketException)
        {
            // Some sockets do not know it, such as MPTCP's of older kernels, nor do some sandboxes: it does good, and is no need.
        }
    }

    private static void Set(Socket socket, SocketOptionName name, int value)
    {
        if (value > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, name, value);
        }
    }
}
