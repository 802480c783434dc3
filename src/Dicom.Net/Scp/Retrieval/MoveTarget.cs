namespace Dicom.Net;

/// <summary>The destination of a C-MOVE: associations of this side's own, one after the other (PS3.4 §C.4.2.2.2).</summary>
internal sealed class MoveTarget(AssociationHandlers handlers, DicomCMoveRequest move, DicomMoveDestination destination)
    : IRetrieveTarget
{
    private readonly DicomAssociationOptions _options = OptionsOf(handlers, destination);
    private readonly DicomMoveOriginator _originator = new(move.Association.Calling, move.MessageID);
    private DicomAssociation? _association;
    private HashSet<StorageKind> _kinds = [];

    public async Task PrepareAsync(IReadOnlyCollection<StorageKind> kinds, CancellationToken cancellationToken)
    {
        if (_association is { IsOpen: true } && _kinds.IsSupersetOf(kinds))
        {
            return;
        }

        await DisposeAsync().ConfigureAwait(false);
        _kinds = [.. kinds];
        _association = await DicomAssociation.OpenAsync(destination.Host, destination.Port, Request(), _options, cancellationToken)
            .ConfigureAwait(false);
    }

    public byte FindContext(StorageKind kind) => _association?.FindContext(kind) ?? 0;

    public async Task<DicomCommandStatusType> StoreAsync(byte context, DicomInstance instance, DicomDataSet dataSet)
    {
        // A C-CANCEL ends the retrieval after the one that is under way: cancelling that would be an abort.
        var response = await _association!.StoreAsync(
            context, instance.SopClass, instance.SopInstance, dataSet, _originator, progress: null, CancellationToken.None).ConfigureAwait(false);
        return response.Status;
    }

    public async ValueTask DisposeAsync()
    {
        if (_association is { } association)
        {
            _association = null;
            await association.DisposeAsync().ConfigureAwait(false);
        }
    }

    private DicomAssociationRequest Request()
    {
        using var titles = new DicomAssociate(request: true)
        {
            Called = move.Destination,
            Calling = destination.Calling ?? move.Association.Called,
        };
        return new DicomAssociationRequest(titles).WithStorage(_kinds.Where(kind => kind.CanBeProposed).SelectMany(kind => kind.Contexts()));
    }

    private static DicomAssociationOptions OptionsOf(AssociationHandlers handlers, DicomMoveDestination destination)
    {
        var network = destination.Options ?? OptionsOfAsking(handlers);
        return new()
        {
            Network = network with { ResponseTimeout = Shorter(network.ResponseTimeout, handlers.SubOperationTimeLimit) },
            IpType = destination.IpType,
            ThrowsOnFailure = false,
        };
    }

    /// <summary>
    /// Those of the listener without what is a listener's alone. What secures the association that asks secures this one, too, wherever it was set: what
    /// came to be asked for in secret is not sent in the clear.
    /// </summary>
    private static DicomNetOptions OptionsOfAsking(AssociationHandlers handlers)
    {
        var (net, options) = (handlers.Net, handlers.Options);
        return options with { Handlers = null, Admission = null, Tls = net.IsSecured ? net.CurrentTls : options.Tls };
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan || (other != Timeout.InfiniteTimeSpan && other < one) ? other : one;
}
