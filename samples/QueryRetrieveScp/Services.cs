using System.Runtime.CompilerServices;

namespace Dicom.Net.Samples;

/// <summary>
/// What the archive does for its peers: each service says what came of a request, or yields what matches, and the library answers. Storage
/// commitment, which is reported later, answers its event by hand.
/// </summary>
internal sealed class Services(Archive archive, Destinations destinations, DicomNetOptions options, Work work)
    : ICStoreHandler, ICFindHandler, ICGetHandler, ICMoveHandler
{
    // How many commitments a peer may have under way, its answer to the report included. Arbitrary: who answers its reports has room for the
    // next one at once.
    private const int MostReportsOfAPeer = 4;

    private readonly AwaitedResponses _responses = new();

    // By address as well as by title: who calls itself by another's title must not use up the other's places.
    private readonly Places<(string? Address, string Title)> _reports = new(MostReportsOfAPeer);

    /// <summary>
    /// What is accepted: instances in any transfer syntax, since they are not decoded. For C-GET the requestor may be SCP of Storage (PS3.4
    /// §C.5.3).
    /// </summary>
    public static DicomSupportedServices Supported { get; } = new(
        new DicomSupportedService(
            sopClass => InformationModel.Contains(sopClass) || sopClass == DicomUids.StorageCommitmentPushModel,
            DicomUids.ExplicitVRLittleEndian,
            DicomUids.ImplicitVRLittleEndian) { ExtendedNegotiation = InformationModel.Answer },
        new DicomSupportedService(StorageSopClasses.Contain) { ProviderRole = DicomRoleSupport.Supported });

    /// <summary>Takes over storage commitment.</summary>
    public void Serve(DicomNet scp)
    {
        scp.NActionRequestReceived += (_, request) => Commit(request);
        scp.NReportResponseReceived += _responses.Complete;
        scp.Closed += (_, closed) => _responses.End(closed.Net);
    }

    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        try
        {
            InstanceCheck.Require(request.DataSet!, request.SopClass, request.SopInstance);

            // The peer may delete its copy when it has seen success: only what is on disk and in the index is acknowledged.
            Log(request, archive.Keep(request.DataSet!));
            return new(DicomOutcome.Success);
        }
        catch (InstanceException error)
        {
            Log(request, $"refused, {error.Message}");
            return new(new DicomOutcome(error.Status, Failure.Comment(error.Message)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log(request, $"refused, {error.Message}");
            return new(DicomCommandStatusType.OutOfResources);
        }
    }

    public async IAsyncEnumerable<DicomDataSet> FindAsync(
        DicomCFindRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var place = work.Enter(request.Association.PeerAddress, DicomCommandStatusType.OutOfResources);
        var matches = 0;
        request.WhenAnswered(status => Log(request, status switch
        {
            DicomCommandStatusType.Success => $"{matches} matches",
            DicomCommandStatusType.Cancel => "cancelled",
            _ => $"failed, {Words.Status(status)}",
        }));
        var query = Failure.Guard(() => ArchiveQuery.ForFind(request.Identifier, InformationModel.IsPatientRoot(request.SopClass)));
        var characterSet = Identifier.TextOf(request.Identifier, DicomTag.SpecificCharacterSet);
        request.HasUnsupportedKeys = query.HasUnsupportedKeys;
        await Task.CompletedTask; // The index has no other way than to wait for it.
        foreach (var values in archive.Index.Find(query))
        {
            using var match = Match.ToIdentifier(query, values, request.Association.Called, characterSet);
            yield return match;
            matches++;
        }
    }

    public IAsyncEnumerable<DicomInstance> GetAsync(DicomCGetRequest request, CancellationToken cancellationToken) =>
        Retrieve(request).ToAsyncEnumerable();

    public ValueTask<DicomMoveDestination?> FindDestinationAsync(DicomCMoveRequest request, CancellationToken cancellationToken)
    {
        if (destinations.TryFind(request.Destination, out var peer))
        {
            return new(new DicomMoveDestination(peer.Host, peer.Port));
        }

        Log(request, $"refused, there is no --destination for {Uri.EscapeDataString(request.Destination)}");
        throw new DicomRefusalException(DicomCommandStatusType.MoveDestinationUnknown, "no such destination");
    }

    public IAsyncEnumerable<DicomInstance> MoveAsync(DicomCMoveRequest request, CancellationToken cancellationToken) =>
        Retrieve(request).ToAsyncEnumerable();

    private IEnumerable<DicomInstance> Retrieve(DicomRetrieveRequest request)
    {
        var place = work.Enter(request.Association.PeerAddress, DicomCommandStatusType.UnableToPerformSubOperations);
        request.WhenAnswered(status =>
        {
            place.Dispose();
            var counts = $"{request.Completed} sent, {request.Failed} failed, {request.Warning} with a warning, {request.Remaining} not sent";
            Log(request, $"{Words.Status(status)}: {counts}");
        });
        var query = Failure.Guard(() => ArchiveQuery.ForRetrieve(request.Identifier, InformationModel.IsPatientRoot(request.SopClass)));
        var instances = archive.Index.Instances(query);
        request.Count = instances.Count;

        // Those of a kind together, so that few associations carry them; each read while it is sent.
        return instances
            .OrderBy(instance => (instance.SopClass, instance.TransferSyntax))
            .Select(instance => DicomInstance.FromFile(
                archive.PathOf(instance.Path), instance.SopClass, instance.Instance, instance.TransferSyntax));
    }

    private void Commit(DicomNActionRequestEventArgs request)
    {
        var peer = (request.Net.PeerAddress, request.Net.Association?.Calling ?? "");
        request.Handled = _reports.TryEnter(peer);
        if (!request.Handled)
        {
            request.Respond(DicomCommandStatusType.ResourceLimitation);
            return;
        }

        // Not here: callbacks of this association would be kept waiting, the one for the report's response too.
        _ = Task.Run(async () =>
        {
            try
            {
                var commitments = new Commitments(archive, destinations, _responses, options, work);
                Log(request.Net, request.AffectedClass, await commitments.AnswerAsync(request));
            }
            finally
            {
                _reports.Leave(peer);
            }
        });
    }

    private static void Log(DicomRequest request, string outcome) => Log(request.Association.Net, request.SopClass, outcome);

    private static void Log(DicomNet net, string sopClass, string outcome) =>
        Console.WriteLine($"{Words.Peer(net)} {Words.Name(sopClass)}: {outcome}");
}
