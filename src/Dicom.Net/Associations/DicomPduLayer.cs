namespace Dicom.Net.Associations;

/// <summary>The built-in PDU layer: the DICOM upper layer protocol of PS3.8 §9.</summary>
public sealed class DicomPduLayer : IPduLayer
{
    private DicomPduLayer()
    {
    }

    /// <summary>The one object that serves all connections.</summary>
    public static DicomPduLayer Instance { get; } = new();

    /// <inheritdoc/>
    public Task RunAsync(PduLayerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new AssociationDriver(context).RunAsync();
    }
}
