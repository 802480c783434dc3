using System.Net;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>The listener: where it listens.</summary>
public partial class DicomNet
{
    // A connection, which is the same class, has none of these.
    private TransportListener? _listener;
    private ProxyReception? _reception;
    private DicomSocketOptions? _acceptedOptions;

    /// <summary>The end points that this object listens on, with their real port; empty when it does not listen.</summary>
    public IReadOnlyList<IPEndPoint> LocalEndPoints => _listener?.LocalEndPoints ?? [];

    /// <summary>As the other overload, with IPv4.</summary>
    /// <param name="hostAddress">Where to listen: see the other overload.</param>
    /// <param name="hostPort">The port, 0 to 65535; 0: the first free one.</param>
    /// <param name="maxNumberOfPeers">The backlog.</param>
    /// <returns>Success, or what was wrong and what to do; then nothing is bound.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Listen(string? hostAddress, int hostPort, int maxNumberOfPeers) =>
        Listen(hostAddress, hostPort, maxNumberOfPeers, IpType.IPv4);

    /// <summary>
    /// Listens for connections. When this returns success the port is bound and peers can connect; each connection is told to
    /// <see cref="OnAccept"/>.
    /// </summary>
    /// <param name="hostAddress">
    /// Null or empty: this computer's own address, for each family asked for the first one of the interface with the default route,
    /// then of any interface that is up, the loopback one last. "*": all addresses. Else an address (an IPv6 scope id is allowed) or a
    /// name, of which every address in the families asked for is bound.
    /// </param>
    /// <param name="hostPort">
    /// The port, 0 to 65535. 0: the first free port, the same for every address; <see cref="HostPort"/> has it at once. 104 and 11112
    /// are registered for DICOM (PS3.8 §9.1.2).
    /// </param>
    /// <param name="maxNumberOfPeers">
    /// The backlog: handed to the system's listen() unchanged. It bounds how many connections may wait for being accepted, not how many
    /// clients there are: set <see cref="DicomNetLimits.MaximumAssociations"/> for that. (LDicomNet's page has an example in which four
    /// peers are all rejected since the backlog is three: listen() does not work like that.)
    /// </param>
    /// <param name="ipType">The families of addresses to use. <see cref="IpType.None"/> is an error.</param>
    /// <returns>Success, or what was wrong and what to do; then nothing is bound.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Listen(string? hostAddress, int hostPort, int maxNumberOfPeers, IpType ipType)
    {
        var request = new ListenRequest(hostAddress, hostPort, maxNumberOfPeers, ipType);
        return Return(Listen(options => TransportListener.Listen(request, options, OnSocketAccepted, _log)));
    }

    private DicomNetResult Listen(Func<TransportListenerOptions, TransportListener> open)
    {
        if (Reserve() is { IsSuccess: false } inUse)
        {
            return inUse;
        }

        _isDraining = false;
        SetTakesConnections(true);
        var socketOptions = _acceptedOptions = SocketOptions;
        Volatile.Write(ref _reception, NewReception());
        try
        {
            return CheckSecurity() is { IsSuccess: false } unusable
                ? unusable
                : Install(open(new() { Time = _options.TimeProvider, Socket = socketOptions, OnBound = OpenHealth }));
        }
        catch (TransportException error)
        {
            CloseHealth();
            return ResultOf(error);
        }
        finally
        {
            _reserved = false;
        }
    }

    private DicomNetResult Install(TransportListener listener)
    {
        lock (_gate)
        {
            _listener = listener;
        }

        if (!_disposed)
        {
            return DicomNetResult.Success;
        }

        StopListening();
        return new(DicomExceptionCode.Disposed, "The object was disposed of while it began to listen.");
    }

    /// <summary>Stops accepting and closes what waits; the clients go on.</summary>
    private void StopListening()
    {
        TransportListener? listener;
        lock (_gate)
        {
            listener = _listener;
            _listener = null;
        }

        // A socket may be handed over while its listener stops.
        SetTakesConnections(false);
        CloseHealth();
        listener?.Stop();
        Volatile.Read(ref _reception)?.Close();
        while (CloseOldestPending())
        {
        }
    }

    private void SetTakesConnections(bool takes)
    {
        lock (Pending)
        {
            _takesConnections = takes;
        }
    }
}
