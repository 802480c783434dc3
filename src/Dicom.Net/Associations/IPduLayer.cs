namespace Dicom.Net.Associations;

/// <summary>
/// What happens on a connection once <see cref="DicomNet"/> has accepted or opened it: the DICOM upper layer, or whatever takes its
/// place. The built-in one is <see cref="DicomPduLayer"/>; set another through <c>DicomNetOptions.PduLayer</c>.
/// </summary>
/// <remarks>
/// A layer holds no state of a connection in itself: one object serves all connections, many at a time. A decorator wraps another
/// layer and hands it a context with a wrapped connection (<see cref="PduLayerContext.With"/>).
/// </remarks>
public interface IPduLayer
{
    /// <summary>
    /// Runs one connection until it has ended. Called once per connection, on a thread of the library's or of the pool; it must not block that
    /// thread.
    /// </summary>
    /// <param name="context">The connection, the role, and the handler to tell what happens.</param>
    /// <returns>
    /// A task that ends when the connection has. Before its first wait the layer calls <see cref="IAssociationHandler.Attach"/>; as its
    /// last act it calls <see cref="IAssociationHandler.OnClosedAsync"/>, once. Where it fails to, because it threw, the connection is
    /// closed and the handler told on its behalf.
    /// </returns>
    Task RunAsync(PduLayerContext context);
}
