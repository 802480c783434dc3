using Dicom.Net.Tool.Receiving;

namespace Dicom.Net.Tool.Listening;

/// <summary>Serves the associations of a listener: keeps what they send, or throws it away.</summary>
/// <param name="journal">Told what happens.</param>
/// <param name="keeper">Keeps the instances; null: they are thrown away as they come.</param>
internal sealed class ListenHandler(ListenJournal journal, InstanceKeeper? keeper)
    : IDicomAssociationHandler, ICStoreStartHandler, ICEchoHandler
{
    public ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken)
    {
        journal.TellBegun(association);
        return default;
    }

    public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken) =>
        new(keeper is null ? Stream.Null : null);

    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        // The peer may delete its copy when it has seen success: only what is on disk is acknowledged.
        var kept = keeper is null
            ? new KeptInstance(DicomCommandStatusType.Success, "thrown away")
            : keeper.Keep(request.SopClass, request.SopInstance, request.DataSet!);
        journal.TellInstance(request, kept);
        return new(kept.Status);
    }

    public ValueTask<DicomOutcome> EchoAsync(DicomCEchoRequest request, CancellationToken cancellationToken)
    {
        journal.TellEcho(request.Association);
        return new(DicomOutcome.Success);
    }

    public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
    {
        journal.TellEnded(association, end);
        return default;
    }
}
