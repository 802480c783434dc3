namespace Dicom.Net;

/// <summary>The destination of a C-GET: the association that it came on, where the peer has the role of SCP (PS3.4 §C.4.3.2).</summary>
internal sealed class GetTarget(AssociationHandlers handlers) : IRetrieveTarget
{
    private readonly DicomNet _net = handlers.Net;

    private readonly StoreSubOperations _operations =
        new(handlers.Net, new(handlers.SubOperationTimeLimit, handlers.Options.TimeProvider));

    public Task PrepareAsync(IReadOnlyCollection<StorageKind> kinds, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<DicomCommandStatusType> StoreAsync(DicomInstance instance, CancellationToken cancellationToken)
    {
        var context = _net.Association is { } agreed ? ContextChoice.Find(agreed, instance.Kind, _net.MayStore) : (byte)0;
        if (context == 0)
        {
            return DicomCommandStatusType.SopClassNotSupported;
        }

        using var dataSet = await instance.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _operations.StoreAsync(context, instance, dataSet).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _operations.Dispose();
        return default;
    }
}
