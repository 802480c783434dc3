using System.Net;
using System.Net.Sockets;
using Dicom.Net.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Transport;

/// <summary>
/// A listener is born listening: when <c>Listen</c> returns, its sockets are bound, their ports are known and peers can
/// connect. From then on each connection is handed to the handler, until <see cref="Stop"/>.
/// </summary>
internal sealed class TransportListener : IAsyncDisposable
{
    private readonly Socket[] _sockets;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private int _stopped;

    private TransportListener(
        Socket[] sockets, Func<Socket, Socket> accept, Action<Socket> onAccepted, TransportListenerOptions options, ILogger log)
    {
        _sockets = sockets;
        _log = log;
        LocalEndPoints = EndPointsOf(sockets);
        Completion = Task.WhenAll(sockets.Select((socket, i) => Start(() => accept(socket), LocalEndPoints[i], onAccepted, options)));
    }

    /// <summary>What is bound, with the real port: one end point per socket.</summary>
    public IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    /// <summary>The port, the same on every socket.</summary>
    public int Port => LocalEndPoints[0].Port;

    /// <summary>Done when no connection will be handed over any more.</summary>
    public Task Completion { get; }

    /// <param name="request">Where to listen.</param>
    /// <param name="options">Time, facts, pauses.</param>
    /// <param name="onAccepted">
    /// Owns the socket from then on. It is called from several threads where there are several sockets, and has to return at once;
    /// if it throws, the connection is closed.
    /// </param>
    /// <param name="log">Where to report.</param>
    /// <exception cref="TransportException">Nothing is bound; the message says what to do.</exception>
    public static TransportListener Listen(
        ListenRequest request, TransportListenerOptions options, Action<Socket> onAccepted, ILogger log)
    {
        request.Validate();
        var addresses = AddressResolver.ResolveLocal(request.Host, request.IpType, options.Facts);
        return Listen(request, addresses, options, onAccepted, log);
    }

    /// <summary>As the other overload, on addresses that are known.</summary>
    /// <param name="request">The port and the backlog; its host is for messages alone.</param>
    /// <param name="addresses">This machine's.</param>
    /// <param name="options">Time, facts, pauses.</param>
    /// <param name="onAccepted">As there.</param>
    /// <param name="log">Where to report.</param>
    /// <exception cref="TransportException">Nothing is bound; the message says what to do.</exception>
    public static TransportListener Listen(
        ListenRequest request, IReadOnlyList<IPAddress> addresses, TransportListenerOptions options, Action<Socket> onAccepted, ILogger log)
    {
        var sockets = ListeningSockets.Open(request, addresses, options.Facts, endPoint => Bind(endPoint, options.Socket));
        try
        {
            var listener = ListenOn(sockets, static socket => socket.Accept(), options, onAccepted, log);
            listener.ReportMissing(request, options.Facts);
            return listener;
        }
        catch
        {
            Array.ForEach(sockets, socket => socket.Dispose());
            throw;
        }
    }

    /// <summary>As <c>Listen</c>, on sockets that listen already. They are its own from then on, unless this throws.</summary>
    /// <param name="sockets">The sockets.</param>
    /// <param name="accept">Waits for the next connection of one.</param>
    /// <param name="options">Time and pauses.</param>
    /// <param name="onAccepted">As there.</param>
    /// <param name="log">Where to report.</param>
    /// <exception cref="TransportException">There is no thread to listen on.</exception>
    public static TransportListener ListenOn(
        Socket[] sockets, Func<Socket, Socket> accept, TransportListenerOptions options, Action<Socket> onAccepted, ILogger log)
    {
        options.OnBound?.Invoke(sockets);
        try
        {
            var listener = new TransportListener(sockets, accept, onAccepted, options, log);
            listener.ReportStart();
            return listener;
        }
        catch (OutOfMemoryException error)
        {
            // So .NET calls a system that allows no further thread.
            throw new TransportException(
                TransportErrorKind.Other, "The system allows no thread to listen on: raise its limit (ulimit -u, or pids.max of a container).", error);
        }
    }

    /// <summary>
    /// Stops accepting and closes the listening sockets: the port can be bound again when this returns. Connections still in the
    /// queue are reset by the operating system; those handed over are not touched. Safe from inside the handler, and more than once.
    /// A connection accepted at this very moment may still be handed over.
    /// </summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        _stopping.Cancel();
        foreach (var (socket, endPoint) in _sockets.Zip(LocalEndPoints))
        {
            socket.Dispose();
            TransportLog.StoppedListening(_log, endPoint);
        }
    }

    /// <summary>As <see cref="Stop"/>. It does not wait for <see cref="Completion"/>, since the handler itself may be the caller.</summary>
    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private static IPEndPoint[] EndPointsOf(Socket[] sockets) => [.. sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];

    private static Socket Bind(IPEndPoint endPoint, DicomSocketOptions options)
    {
        var socket = ListeningSockets.Bind(endPoint, options.SharesPort);
        try
        {
            SocketSettings.ApplyBuffers(socket, options);
            SocketSettings.BoundUnsent(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task Start(Func<Socket> accept, IPEndPoint localEndPoint, Action<Socket> onAccepted, TransportListenerOptions options) =>
        new AcceptLoop(accept, localEndPoint, onAccepted, options, _log).RunAsync(_stopping.Token);

    private void ReportStart()
    {
        foreach (var endPoint in LocalEndPoints)
        {
            TransportLog.Listening(_log, endPoint);
        }
    }

    private void ReportMissing(ListenRequest request, INetworkFacts facts)
    {
        if (request.LeavesAddressOpen && AddressFamilies.OnThisMachine(request.IpType, facts) is var families && families != request.IpType)
        {
            TransportLog.FamilyMissing(_log, AddressFamilies.NameOf(request.IpType & ~families));
        }
    }
}
