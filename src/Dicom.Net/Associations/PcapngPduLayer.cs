using Dicom.Net.Diagnostics;

namespace Dicom.Net.Associations;

/// <summary>
/// Records what another PDU layer sends and receives in a file for Wireshark, without that layer's knowing: of a TLS connection, what is in it.
/// </summary>
/// <param name="inner">The layer to watch, usually <see cref="DicomPduLayer.Instance"/>.</param>
/// <param name="trace">The file; it is the caller's, and may serve many layers.</param>
public sealed class PcapngPduLayer(IPduLayer inner, PcapngTrace trace) : IPduLayer
{
    /// <inheritdoc/>
    public Task RunAsync(PduLayerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return inner.RunAsync(context.With(new PcapngConnection(context.Connection, context.Role, context.Time, trace)));
    }
}
