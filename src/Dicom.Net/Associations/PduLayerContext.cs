using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Associations;

/// <summary>What an <see cref="IPduLayer"/> is given for one connection.</summary>
public sealed class PduLayerContext
{
    internal PduLayerContext(
        PduConnection connection, AssociationRole role, IAssociationHandler handler, AssociationOptions options,
        AssociationTelemetry? telemetry = null, ILogger? log = null)
    {
        Telemetry = telemetry ?? new(Instruments.Of(null), options.Time, role == AssociationRole.Acceptor, tellsTitles: false);
        Log = log ?? options.Log;
        Connection = connection;
        Role = role;
        Handler = handler;
        Options = options;
    }

    /// <summary>The connection: a stream of bytes in both directions, and its two end points. The layer closes it.</summary>
    public PduConnection Connection { get; }

    /// <summary>Acceptor where the peer opened the connection, requestor where we did.</summary>
    public AssociationRole Role { get; }

    /// <summary>Who is told what happens, and who answers.</summary>
    public IAssociationHandler Handler { get; }

    /// <summary>Where to log.</summary>
    public ILogger Log { get; }

    /// <summary>The clock for every time limit.</summary>
    public TimeProvider Time => Options.Time;

    internal AssociationOptions Options { get; }

    internal AssociationTelemetry Telemetry { get; }

    /// <summary>The same context over another connection, typically one that wraps this one.</summary>
    public PduLayerContext With(PduConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new(connection, Role, Handler, Options, Telemetry, Log);
    }
}
