namespace Dicom.Net;

/// <summary>The destination of a C-GET: the association that it came on, where the peer has the role of SCP (PS3.4 §C.4.3.2).</summary>
internal sealed class GetTarget(AssociationHandlers handlers) : IRetrieveTarget
{
    private readonly DicomNet _net = handlers.Net;

    private readonly StoreSubOperations _operations = new(handlers);

    /// <summary>Each goes out as it comes: the association stands.</summary>
    public int MostAtOnce => 1;

    public Task PrepareAsync(IReadOnlyCollection<StorageKind> kinds, CancellationToken cancellationToken)
    {
        // Before the instance is opened in vain.
        _operations.ThrowIfEnded();
        return Task.CompletedTask;
    }

    public byte FindContext(StorageKind kind) =>
        _net.Association is { } agreed ? ContextChoice.Find(agreed, kind, _net.MayStore) : (byte)0;

    public Task<DicomCommandStatusType> StoreAsync(byte context, DicomInstance instance, DicomDataSet dataSet) =>
        _operations.StoreAsync(context, instance, dataSet);

    public ValueTask DisposeAsync()
    {
        _operations.Dispose();
        if (_operations.OwesAnswer)
        {
            // It would keep its place in the window for ever: no retrieval after this one could send anything.
            handlers.AbortByProvider();
        }

        return default;
    }
}
