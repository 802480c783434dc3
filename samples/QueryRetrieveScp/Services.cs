using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples;

/// <summary>
/// What the archive does for its peers. A C-STORE is answered in its callback; what may take its time is put off, and answered from
/// elsewhere: meanwhile the association sees a C-CANCEL, and the responses to what is sent to it.
/// </summary>
internal sealed class Services(Archive archive, Destinations destinations, DicomNetOptions options, Work work)
{
    private readonly AwaitedResponses _responses = new();
    private readonly Finder _finder = new(archive);
    private readonly Retriever _retriever = new(archive);

    /// <summary>
    /// What is accepted: instances in any transfer syntax, since they are not decoded. For C-GET the requestor may be SCP of Storage (PS3.4
    /// §C.5.3).
    /// </summary>
    public static DicomSupportedServices Supported { get; } = new(
        new DicomSupportedService(
            sopClass => InformationModel.Contains(sopClass) || sopClass == DicomUids.StorageCommitmentPushModel,
            DicomUids.ExplicitVRLittleEndian,
            DicomUids.ImplicitVRLittleEndian),
        new DicomSupportedService(StorageSopClasses.Contain) { ProviderRole = DicomRoleSupport.Supported });

    /// <summary>Takes over the events of a listener.</summary>
    public void Serve(DicomNet scp)
    {
        scp.CStoreRequestReceived += (_, request) => Store(request);
        scp.CFindRequestReceived += (_, request) => Find(request);
        scp.CMoveRequestReceived += (_, request) => Move(request);
        scp.CGetRequestReceived += (_, request) => Get(request);
        scp.NActionRequestReceived += (_, request) => Commit(request);
        scp.CStoreResponseReceived += _responses.Complete;
        scp.NReportResponseReceived += _responses.Complete;
        scp.Closed += (_, closed) => _responses.End(closed.Net);
    }

    private void Store(DicomCStoreRequestEventArgs request)
    {
        try
        {
            InstanceCheck.Require(request.DataSet!, request.AffectedClass, request.Instance);
            Log(request, archive.Keep(request.DataSet!));

            // The peer may delete its copy when it has seen success: only what is on disk and in the index is acknowledged.
            request.Respond(DicomCommandStatusType.Success);
        }
        catch (InstanceException error)
        {
            request.Respond(error.Status, Failure.Comment(error.Message));
            Log(request, $"refused, {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            request.Respond(DicomCommandStatusType.OutOfResources);
            Log(request, $"refused, {error.Message}");
        }
    }

    private void Find(DicomCFindRequestEventArgs request)
    {
        var cancelled = request.Cancelled;
        request.Handled = work.TryBegin(async () => Log(request, await _finder.AnswerAsync(request, cancelled)));
        if (!request.Handled)
        {
            request.Respond(DicomCommandStatusType.OutOfResources);
        }
    }

    private void Move(DicomCMoveRequestEventArgs request)
    {
        if (!destinations.TryFind(request.MoveAE, out var peer))
        {
            request.Respond(DicomCommandStatusType.MoveDestinationUnknown, 0, 0, 0, 0, detail: Failure.Comment("no such destination"));
            Log(request, $"refused, there is no --destination for {Uri.EscapeDataString(request.MoveAE)}");
            return;
        }

        Retrieve(request, new MoveDestination(peer, request, options));
    }

    private void Get(DicomCGetRequestEventArgs request) =>
        Retrieve(request, new GetDestination(request.Net, _responses));

    private void Retrieve(DicomRetrieveRequestEventArgs request, IStorageDestination destination)
    {
        var cancelled = request.Cancelled;
        request.Handled = work.TryBegin(async () =>
        {
            using (destination as IDisposable)
            {
                Log(request, await _retriever.AnswerAsync(request, destination, cancelled));
            }
        });
        if (!request.Handled)
        {
            request.Respond(DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 0, 0, detail: Failure.Comment("too busy, try later"));
        }
    }

    private void Commit(DicomNActionRequestEventArgs request)
    {
        var commitments = new Commitments(archive, destinations, _responses, options);
        request.Handled = work.TryBegin(async () => Log(request, await commitments.AnswerAsync(request)));
        if (!request.Handled)
        {
            request.Respond(DicomCommandStatusType.ResourceLimitation);
        }
    }

    private static void Log(DicomRequestEventArgs request, string outcome) =>
        Console.WriteLine($"{Words.Peer(request.Net)} {Words.Name(request.AffectedClass)}: {outcome}");
}
