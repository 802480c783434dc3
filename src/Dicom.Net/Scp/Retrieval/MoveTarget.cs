namespace Dicom.Net;

/// <summary>The destination of a C-MOVE: associations of this side's own, one after the other (PS3.4 §C.4.2.2.2).</summary>
internal sealed class MoveTarget(AssociationHandlers handlers, DicomCMoveRequest move, DicomMoveDestination destination)
    : IRetrieveTarget
{
    private MoveAssociation? _association;
    private StoreSubOperations? _operations;
    private HashSet<InstanceKind> _kinds = [];

    public async Task PrepareAsync(IReadOnlyCollection<InstanceKind> kinds, CancellationToken cancellationToken)
    {
        if (_association?.IsAssociated() is true && _kinds.IsSupersetOf(kinds))
        {
            return;
        }

        await DisposeAsync().ConfigureAwait(false);
        var request = new DicomAssociate(request: true)
        {
            Called = move.Destination,
            Calling = destination.Calling ?? move.Association.Called,
        };
        _kinds = [.. kinds];
        foreach (var kind in _kinds)
        {
            kind.ProposeIn(request);
        }

        // Of the listener's options not those that are a listener's.
        var options = destination.Options ?? handlers.Options with { Handlers = null, Admission = null };
        _association = new(options, request);
        _operations = new(_association, new(handlers.SubOperationTimeLimit, options.TimeProvider));
        await _association.OpenAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DicomCommandStatusType> StoreAsync(DicomInstance instance, CancellationToken cancellationToken)
    {
        var agreed = _association?.Association ?? throw new DicomException("There is no association with the destination.");
        var context = instance.Kind.FindContext(agreed, _association.MayStore);
        if (context == 0)
        {
            return DicomCommandStatusType.SopClassNotSupported;
        }

        using var dataSet = await instance.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _operations!.StoreAsync(context, instance, dataSet, (move.Association.Calling, move.MessageID)).ConfigureAwait(false);
        }
        catch (DicomException)
        {
            // The next begins with another one.
            Abort();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_association is { } association)
        {
            _association = null;
            await association.ReleaseAsync().ConfigureAwait(false);
            _operations?.Dispose();
            association.Dispose();
        }
    }

    private void Abort()
    {
        _operations?.Dispose();
        _association?.Dispose();
        _association = null;
    }
}
