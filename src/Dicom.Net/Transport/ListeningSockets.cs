using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>Binds one socket to each address, all on the same port, and makes them listen: all of them, or none.</summary>
internal static class ListeningSockets
{
    // Arbitrary: each try fails only where the port that the system chose for one address is taken on another.
    private const int TriesForOneFreePort = 32;

    /// <param name="request">Port, backlog and families; the host is only for messages.</param>
    /// <param name="addresses">At least one.</param>
    /// <param name="facts">For the message of an address that is not ours.</param>
    /// <param name="bind">Makes the bound socket of an end point; tests put their own port choice here.</param>
    /// <exception cref="TransportException">Nothing stays bound.</exception>
    public static Socket[] Open(
        ListenRequest request, IReadOnlyList<IPAddress> addresses, INetworkFacts facts, Func<IPEndPoint, Socket>? bind = null)
    {
        for (var triesLeft = TriesForOneFreePort; ; triesLeft--)
        {
            try
            {
                return OpenOnce(request, addresses, facts, bind ?? Bind);
            }
            catch (TransportException e) when (e.Kind == TransportErrorKind.AddressInUse && request.Port == 0 && triesLeft > 1)
            {
                // Another try gets another port from the system.
            }
        }
    }

    /// <summary>A bound socket that does not listen yet.</summary>
    public static Socket Bind(IPEndPoint endPoint) => Bind(endPoint, sharesPort: false);

    /// <summary>A bound socket that does not listen yet.</summary>
    /// <param name="endPoint">Where.</param>
    /// <param name="sharesPort">Whether other processes may listen there too.</param>
    public static Socket Bind(IPEndPoint endPoint, bool sharesPort)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (sharesPort)
            {
                PortSharing.Allow(socket);
            }

            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false; // [::] is IPv6 alone; the defaults of operating systems differ.
            }

            // Windows would otherwise let a second program take the port over. Elsewhere .NET's Bind sets SO_REUSEADDR, which on Unix
            // only forgives connections in TIME-WAIT: a restarted server gets its port at once, a second listener does not.
            if (OperatingSystem.IsWindows())
            {
                socket.ExclusiveAddressUse = true;
            }

            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket[] OpenOnce(
        ListenRequest request, IReadOnlyList<IPAddress> addresses, INetworkFacts facts, Func<IPEndPoint, Socket> bind)
    {
        var sockets = new List<Socket>(addresses.Count);
        var current = new IPEndPoint(addresses[0], request.Port);
        try
        {
            foreach (var address in addresses)
            {
                current = new IPEndPoint(address, current.Port);
                sockets.Add(bind(current));
                current = (IPEndPoint)sockets[^1].LocalEndPoint!;
            }

            // Only when every address is bound: nobody is let into a queue that would be thrown away again. On Linux two sockets that do
            // not listen yet may share a port, so "in use" can also come from here.
            foreach (var socket in sockets)
            {
                current = (IPEndPoint)socket.LocalEndPoint!;
                socket.Listen(request.Backlog);
            }

            return [.. sockets];
        }
        catch (Exception e)
        {
            sockets.ForEach(socket => socket.Dispose());
            if (e is SocketException error)
            {
                throw Explain(error, current, request, facts);
            }

            throw;
        }
    }

    internal static TransportException Explain(SocketException error, IPEndPoint endPoint, ListenRequest request, INetworkFacts facts)
    {
        var kind = SocketErrors.KindOf(error.SocketErrorCode);
        return new TransportException(kind, kind switch
        {
            TransportErrorKind.AddressInUse
                => $"{endPoint} is already in use: another socket listens there. Stop it, or choose another port (0: the first free).",
            TransportErrorKind.AddressNotAvailable
                => $"{endPoint.Address} is not an address of this machine. {AddressResolver.Describe(facts, request.IpType)}",
            TransportErrorKind.AccessDenied
                => $"{endPoint} may not be bound by this user. {HintOfAccess(endPoint.Port)}",
            TransportErrorKind.AddressFamilyNotSupported
                => $"The operating system of this machine has no {AddressFamilies.IpTypeOf(endPoint.Address)}.",
            _ => $"Cannot listen on {endPoint}: {SocketErrors.ReasonOf(error)}.",
        }, error);
    }

    // 1024: the first port that Unix gives to everybody (IPPORT_RESERVED).
    private static string HintOfAccess(int port) => port < 1024
        ? "Ports below 1024, and so DICOM's 104, need a privilege: on Linux CAP_NET_BIND_SERVICE or the sysctl "
            + "net.ipv4.ip_unprivileged_port_start; or use 11112, DICOM's registered port (PS3.8 §9.1)."
        : "Another program may hold the port for itself, or the system has reserved it (on Windows see: "
            + "netsh interface ip show excludedportrange tcp).";
}
