using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>From a connection that stands to the PDU layer that serves it.</summary>
public partial class DicomNet
{
    /// <summary>Hands a connection to the PDU layer, on another thread; a connection that is to be secure goes through its handshake first.</summary>
    internal void Run(
        PduConnection connection, AssociationRole role, string? host = null, ListenerConnection? place = null, CancellationToken cancelled = default)
    {
        var exchange = NewExchange(connection, role, place);
        var secures = IsToSecure;
        lock (_gate)
        {
            // From here on the connection holds the object: it may end, and the next one begin, before this method returns.
            ForgetSecureLink();
            _connection = connection;
            _isConnected = true;
            _reserved = false;
            _exchange = exchange;
            if (_disposed || cancelled.IsCancellationRequested)
            {
                connection.Abort();
            }
            else if (_closedWhileReserved)
            {
                connection.Close();
            }
        }

        if (secures)
        {
            using var flow = CallerContext.Leave();
            _ = Task.Run(() => SecureAsync(connection, role, host, exchange), CancellationToken.None);
            return;
        }

        AttentiveThreads.Shared.Run(new LayerRun(this, connection, role, exchange));
    }

    private async Task RunLayerAsync(PduConnection connection, AssociationRole role, PeerExchange exchange)
    {
        var handler = new DicomNetHandler(this, role, exchange);
        try
        {
            await _options.PduLayer.RunAsync(ContextOf(connection, role, handler, exchange)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A layer of somebody else's may throw anything; it must not end the process.
            FacadeLog.PduLayerFailed(_log, error, connection.RemoteEndPoint.ToString());
            connection.Abort();
            await handler.OnClosedAsync(new(AssociationEndKind.Failure, error)).ConfigureAwait(false);
        }

        await handler.OnClosedAsync(new(AssociationEndKind.Orderly)).ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class LayerRun(DicomNet net, PduConnection connection, AssociationRole role, PeerExchange exchange) : IThreadPoolWorkItem
    {
        public void Execute() => _ = net.RunLayerAsync(connection, role, exchange);
    }
}
