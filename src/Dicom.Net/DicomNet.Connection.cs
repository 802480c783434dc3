using System.Net;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>The connection with a peer: opened, or accepted by a listener.</summary>
public partial class DicomNet
{
    // Kept when the connection has ended, so that OnClose can still tell whose it was.
    private volatile PduConnection? _connection;
    // Of the connection, or of the last one.
    private volatile PeerExchange? _exchange;
    private volatile bool _isConnected;
    private CancellationTokenSource? _connecting;
    private bool _reserved;
    private bool _closedWhileReserved;
    private bool _forwardsEvents;

    /// <summary>A connection asked for by Connect stands, or failed: see <see cref="OnConnect"/>.</summary>
    public event EventHandler<DicomNetEventArgs>? Connected;

    /// <summary>A connection has ended: see <see cref="OnClose"/>.</summary>
    public event EventHandler<DicomNetClosedEventArgs>? Closed;

    /// <summary>This side's address: of the connection, or the first that is listened on. Empty when there is neither.</summary>
    public string HostAddress => LocalEndPoint?.Address.ToString() ?? "";

    /// <summary>This side's port; of a listener the real one, known when Listen returns. 0 when there is neither.</summary>
    public int HostPort => LocalEndPoint?.Port ?? 0;

    /// <summary>The peer's address: of the connection, or of the last one. Empty when there was none.</summary>
    public string PeerAddress => _connection?.RemoteEndPoint.Address.ToString() ?? "";

    /// <summary>The peer's port: of the connection, or of the last one. 0 when there was none.</summary>
    public int PeerPort => _connection?.RemoteEndPoint.Port ?? 0;

    /// <summary>
    /// What the last failed Connect, or secure link, failed of, or what has ended the last connection that did not end in order, in words:
    /// <see cref="OnConnect"/>, <see cref="OnSecureLinkReady"/> and <see cref="OnClose"/> have the code alone.
    /// </summary>
    public DicomNetResult LastError { get; private set; } = DicomNetResult.Success;

    private IPEndPoint? LocalEndPoint => _connection?.LocalEndPoint ?? (LocalEndPoints is [var first, ..] ? first : null);

    private protected string Peer => _connection?.RemoteEndPoint.ToString() ?? "?";

    /// <summary>Whether the TCP connection stands.</summary>
    /// <returns>True while it does.</returns>
    public bool IsConnected() => _isConnected;

    /// <summary>Whether there is an association.</summary>
    /// <returns>True from its acceptance to its release, abort or loss.</returns>
    public bool IsAssociated() => _exchange is { Port.IsAssociated: true };

    /// <summary>As the other overload, with IPv4.</summary>
    /// <param name="hostAddress">The local address to come from: see the other overload.</param>
    /// <param name="hostPort">The local port; 0: any.</param>
    /// <param name="peerAddress">The peer's address or name.</param>
    /// <param name="peerPort">The peer's port, 1 to 65535.</param>
    /// <returns>Success when it has begun.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Connect(string? hostAddress, int hostPort, string peerAddress, int peerPort) =>
        Connect(hostAddress, hostPort, peerAddress, peerPort, IpType.IPv4);

    /// <summary>
    /// Begins to connect to a peer; <see cref="OnConnect"/> tells the outcome. All addresses of a name are tried in turn.
    /// </summary>
    /// <param name="hostAddress">The local address to come from; null, empty or "*": the system's choice.</param>
    /// <param name="hostPort">The local port to come from; 0: any.</param>
    /// <param name="peerAddress">The peer's address or name.</param>
    /// <param name="peerPort">The peer's port, 1 to 65535.</param>
    /// <param name="ipType">The families of addresses that may be used.</param>
    /// <returns>Success when it has begun; an error when the object is in use or a parameter cannot be right.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Connect(string? hostAddress, int hostPort, string peerAddress, int peerPort, IpType ipType)
    {
        if (ProblemOf(hostPort, peerAddress, peerPort, ipType) is { } problem)
        {
            return Return(DicomExceptionCode.Parameter, problem);
        }

        var refusal = Reserve();
        if (!refusal.IsSuccess)
        {
            return Return(refusal);
        }

        TakeSecurityOf(null);
        if (CheckSecurity() is { IsSuccess: false } unusable)
        {
            _reserved = false;
            return Return(unusable);
        }

        Server = null;
        _forwardsEvents = false;
        _connecting = new();
        var cancelled = _connecting.Token;

        using var flow = CallerContext.Leave();
        _ = Task.Run(() => ConnectAsync(hostAddress, hostPort, peerAddress, peerPort, ipType, cancelled), CancellationToken.None);
        return DicomNetResult.Success;
    }

    /// <summary>
    /// Closes. A listener: stops listening, the port is free when this returns; its clients go on until they end, or until
    /// <see cref="Dispose()"/>. A connection: an association that is still open is aborted, what is queued by the protocol still goes
    /// out; <see cref="OnClose"/> follows. An object with neither: nothing. Safe inside a callback, and more than once.
    /// </summary>
    public void Close()
    {
        StopListening();
        CloseConnection();
    }

    /// <summary>Closes; by force if asked.</summary>
    /// <param name="force">True: the connection is cut (TCP reset) without an A-ABORT. False: as <see cref="Close"/>.</param>
    public void CloseForced(bool force)
    {
        if (force)
        {
            _exchange?.Port?.CloseForced();
        }

        Close();
    }

    /// <summary>Called when a connection that was asked for by Connect stands, or could not be made.</summary>
    /// <param name="error"><see cref="DicomExceptionCode.Success"/>: the association may be asked for now.</param>
    /// <remarks>The base raises <see cref="Connected"/>.</remarks>
    protected virtual void OnConnect(DicomExceptionCode error) =>
        RaiseHere(Connected, this, new DicomNetEventArgs(error));

    /// <summary>
    /// Called exactly once for each connection when it has ended, whoever ended it: on the object of the connection, and then on the
    /// listener it came from.
    /// </summary>
    /// <param name="error">
    /// <see cref="DicomExceptionCode.Success"/> after a release or a rejection, and where there was no association to lose; else what ended
    /// it. A close of our own in mid-association aborts it, and is told as <see cref="DicomExceptionCode.NetAssociationAborted"/>.
    /// </param>
    /// <param name="net">The object of the connection.</param>
    /// <remarks>The base raises <see cref="Closed"/>.</remarks>
    protected virtual void OnClose(DicomExceptionCode error, DicomNet net)
    {
        ArgumentNullException.ThrowIfNull(net);
        RaiseHere(Closed, net, new DicomNetClosedEventArgs(error, net));
    }

    /// <summary>Claims the object for one Listen, Connect or Accept.</summary>
    private DicomNetResult Reserve()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return new(DicomExceptionCode.Disposed, "The object has been disposed of: make a new one.");
            }

            if (_drains > 0)
            {
                return new(DicomExceptionCode.InvalidState, "The object is being closed: await CloseAsync first.");
            }

            if (_listener is not null)
            {
                return new(DicomExceptionCode.InvalidState, $"The object listens already, on port {_listener.Port}: call Close first.");
            }

            if (_reserved || _isConnected)
            {
                return new(DicomExceptionCode.InvalidState, "The object is connected or connecting already: call Close first.");
            }

            _reserved = true;
            _closedWhileReserved = false;
            return DicomNetResult.Success;
        }
    }

    private static string? ProblemOf(int hostPort, string peerAddress, int peerPort, IpType ipType) =>
        string.IsNullOrWhiteSpace(peerAddress) ? "Pass the peer's address or name."
        : peerPort is < 1 or > IPEndPoint.MaxPort ? $"The port {peerPort} cannot be connected to: pass the peer's port, 1 to 65535."
        : hostPort is < 0 or > IPEndPoint.MaxPort ? $"The local port {hostPort} does not exist: pass 1 to 65535, or 0 for any."
        : ipType is < IpType.IPv4 or > IpType.IPv4OrIPv6 ? $"The IP type {ipType:D} names no address family: pass IPv4, IPv6 or both."
        : null;

    private async Task ConnectAsync(
        string? hostAddress, int hostPort, string peerAddress, int peerPort, IpType ipType, CancellationToken cancelled)
    {
        DicomNetResult failure;
        try
        {
            var socket = await TransportConnector.ConnectAsync(
                hostAddress, hostPort, peerAddress, peerPort, ipType, Finite(_options.ConnectTimeout), _options.TimeProvider, cancelled,
                options: SocketOptions).ConfigureAwait(false);
            Run(new SocketConnection(socket), AssociationRole.Requestor, peerAddress, cancelled: cancelled);
            return;
        }
        catch (TransportException error)
        {
            failure = ResultOf(error);
        }
        catch (OperationCanceledException)
        {
            failure = new(DicomExceptionCode.NetConnectionAborted, "The object was closed while it was connecting.");
        }
        catch (Exception error)
        {
            // Whatever it is: nobody awaits this, and the object must come free.
            failure = new(DicomExceptionCode.NetFailure, $"The connection cannot be opened: {error.Message}");
        }

        TellNotConnected(failure);
    }

    private void TellNotConnected(DicomNetResult failure)
    {
        _reserved = false;
        LastError = failure;
        if (failure.Code == DicomExceptionCode.NetTimeout)
        {
            _options.Instruments.TellTimeout("connect");
        }

        FacadeLog.ConnectFailed(_log, failure.Message);
        Guard(nameof(OnConnect), () => OnConnect(failure.Code));
    }

    /// <summary>The connection has ended: forgets it, then tells the application.</summary>
    internal void EndConnection(DicomNetResult end, PeerExchange exchange)
    {
        var server = Server;
        end = exchange.Verdict ?? end;
        var code = end.Code;
        LastError = end.IsSuccess ? LastError : end;

        // From here on the object may be connected anew, even in OnClose.
        exchange.End();
        _isConnected = false;

        // Before it leaves the clients: whoever closes the listener waits for both.
        var ending = exchange.Handlers is null ? null : server?.HandlersEnding;
        ending?.Enter();
        server?.Remove(this);
        exchange.Handlers?.End(end, ending);
        Guard(nameof(OnClose), () => OnClose(code, this));
        server?.TellClosed(code, this);
    }

    internal void TellConnected() => Guard(nameof(OnConnect), () => OnConnect(DicomExceptionCode.Success));

    private void CloseConnection()
    {
        _connecting?.Cancel();
        lock (_gate)
        {
            // Among the listener's clients already, and about to get its connection.
            _closedWhileReserved = _reserved;
        }

        if (_exchange is { Port: { } port })
        {
            port.Close();
        }
        else
        {
            // Accepted a moment ago, or under a PDU layer that has no port.
            _connection?.Close();
        }
    }

    private static TimeSpan? Finite(TimeSpan limit) => limit == Timeout.InfiniteTimeSpan ? null : limit;
}
