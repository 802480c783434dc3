using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>What a connection tells of itself: by its number, its log, its metrics and spans.</summary>
public partial class DicomNet
{
    /// <summary>
    /// The number of the connection, or of the last one: from 1, and unique in the process. The lines of the log and the spans that belong to it
    /// bear it. 0 when there was none.
    /// </summary>
    public long AssociationID => _exchange?.Telemetry.Id ?? 0;

    private PeerExchange NewExchange(PduConnection connection, AssociationRole role, ListenerConnection? place)
    {
        var telemetry = new AssociationTelemetry(
            _options.Instruments, _options.TimeProvider, role == AssociationRole.Acceptor, _options.MetricsTellTitles);
        var log = AssociationScope.Around(_log, telemetry.Id, connection.RemoteEndPoint);
        var exchange = new PeerExchange(log, connection.RemoteEndPoint.ToString(), _options, place, telemetry);
        exchange.Handlers = _options.Handlers is { } handlers ? new(this, exchange, handlers, _options) : null;
        telemetry.Enter(exchange);
        return exchange;
    }

    private PduLayerContext ContextOf(PduConnection connection, AssociationRole role, DicomNetHandler handler, PeerExchange exchange) =>
        new(connection, role, handler, _associationOptions, exchange.Telemetry, exchange.Log);
}
