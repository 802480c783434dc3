using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>Connects to the first address of a peer that answers.</summary>
internal static class TransportConnector
{
    // What every timer of .NET can hold.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Tries the addresses of the host in turn; if none answers, the error names each and why.</summary>
    /// <param name="localHost">The local address to come from; <see langword="null"/>, empty or <c>*</c>: the system's choice.</param>
    /// <param name="localPort">The local port to come from; 0: the operating system's choice.</param>
    /// <param name="host">The peer's literal address or name.</param>
    /// <param name="port">The peer's port, 1 to 65535.</param>
    /// <param name="ipType">The families that may be used.</param>
    /// <param name="timeout">For all of it, the name's resolution included; <see langword="null"/>: the system's patience.</param>
    /// <param name="time">The clock of the time-out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="facts">The machine, for tests.</param>
    /// <param name="options">Options of the socket; <see langword="null"/>: those of a new object.</param>
    /// <exception cref="TransportException">No connection came about.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async ValueTask<Socket> ConnectAsync(
        string? localHost, int localPort, string host, int port, IpType ipType, TimeSpan? timeout, TimeProvider time,
        CancellationToken cancellationToken, INetworkFacts? facts = null, DicomSocketOptions? options = null)
    {
        Validate(localPort, port, timeout);
        facts ??= MachineNetworkFacts.Instance;
        var local = ResolveLocal(localHost, ipType, facts);

        var patience = new ConnectPatience(timeout, time, cancellationToken);
        var remote = await patience.RunAsync(
            token => AddressResolver.ResolveRemoteAsync(host, ipType, facts, token), shareOf: 1,
            () => $"The name {HostLiteral.Quote(host)} was not resolved within {patience}.").ConfigureAwait(false);

        var failures = new List<TransportException>(remote.Count);
        for (var i = 0; i < remote.Count; i++)
        {
            var target = new IPEndPoint(remote[i], port);
            try
            {
                return await patience.RunAsync(
                    token => ConnectOneAsync(local, localPort, target, options ?? new(), token), shareOf: remote.Count - i,
                    () => $"{target}: no answer within {patience}").ConfigureAwait(false);
            }
            catch (TransportException e)
            {
                failures.Add(e);
            }
        }

        throw Summarise(host, port, failures);
    }

    private static void Validate(int localPort, int port, TimeSpan? timeout)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            throw TransportException.BadParameter($"The port {port} cannot be connected to: pass the peer's port, 1 to 65535.");
        }

        if (localPort is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw TransportException.BadParameter($"The local port {localPort} does not exist: pass 1 to 65535, or 0 for any.");
        }

        if (timeout <= TimeSpan.Zero || timeout > LongestTimeout)
        {
            throw TransportException.BadParameter(
                $"The time-out {timeout} is out of range: pass more than zero, at most {LongestTimeout}.");
        }
    }

    private static IReadOnlyList<IPAddress> ResolveLocal(string? localHost, IpType ipType, INetworkFacts facts)
        => AddressResolver.ResolveLocal(string.IsNullOrEmpty(localHost) ? ListenRequest.AllAddresses : localHost, ipType, facts);

    private static async ValueTask<Socket> ConnectOneAsync(
        IReadOnlyList<IPAddress> local, int localPort, IPEndPoint target, DicomSocketOptions options, CancellationToken cancellationToken)
    {
        var from = local.FirstOrDefault(address => address.AddressFamily == target.AddressFamily)
            ?? throw new TransportException(TransportErrorKind.AddressFamilyNotSupported,
                $"{target}: the local address is of another family");

        Socket? socket = null;
        try
        {
            socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            SocketSettings.Apply(socket, options);
            var leftToTheSystem = localPort == 0 && (from.Equals(IPAddress.Any) || from.Equals(IPAddress.IPv6Any));
            if (!leftToTheSystem)
            {
                Bind(socket, new(from, localPort), target);
            }

            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            return RequirePeer(socket, target);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new TransportException(SocketErrors.KindOf(e.SocketErrorCode), $"{target}: {SocketErrors.ReasonOf(e)}", e);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static void Bind(Socket socket, IPEndPoint local, IPEndPoint target)
    {
        try
        {
            socket.Bind(local);
        }
        catch (SocketException e)
        {
            throw new TransportException(
                SocketErrors.KindOf(e.SocketErrorCode), $"{target}: it cannot be called from {local}, {SocketErrors.ReasonOf(e)}", e);
        }
    }

    // TCP's simultaneous open (RFC 9293 §3.5) lets a socket connect to itself, where the system gives it as its own port the very port
    // it calls on this machine: then nobody listens there.
    private static Socket RequirePeer(Socket socket, IPEndPoint target)
        => !Equals(socket.LocalEndPoint, socket.RemoteEndPoint)
            ? socket
            : throw new TransportException(TransportErrorKind.ConnectionRefused, $"{target}: connection refused, nothing listens there");

    private static TransportException Summarise(string host, int port, List<TransportException> failures)
    {
        // The kind all share; where they differ the last one's, as a loop over getaddrinfo's answers reports it.
        var reasons = string.Join("; ", failures.Select(failure => failure.Message));
        var last = failures[^1];
        return new TransportException(last.Kind, $"Cannot connect to {HostLiteral.Quote(host)}, port {port}. {reasons}.", last);
    }
}
