namespace Dicom.Net.Associations;

/// <summary>
/// Records every PDU that another PDU layer sends and receives, without that layer's knowing: it watches the bytes of the connection.
/// </summary>
/// <param name="inner">The layer to watch, usually <see cref="DicomPduLayer.Instance"/>.</param>
/// <param name="trace">
/// Called for each PDU, in order for each direction, on the thread that sends or receives it, which it should not keep long. It must not
/// throw.
/// </param>
public sealed class TracingPduLayer(IPduLayer inner, Action<PduTraceEntry> trace) : IPduLayer
{
    /// <inheritdoc/>
    public Task RunAsync(PduLayerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return inner.RunAsync(context.With(new TracingConnection(context.Connection, context.Time, trace)));
    }
}
