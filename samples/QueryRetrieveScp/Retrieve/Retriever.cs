namespace Dicom.Net.Samples;

/// <summary>Answers C-MOVE and C-GET (PS3.4 §C.4.2, §C.4.3): one instance after the other, with the counts after each.</summary>
internal sealed class Retriever(Archive archive)
{
    /// <summary>Sends what is asked for, and answers. To be run where it may take its time.</summary>
    /// <returns>What came of it, in words.</returns>
    public async Task<string> AnswerAsync(
        DicomRetrieveRequestEventArgs request, IStorageDestination destination, CancellationToken cancelled)
    {
        try
        {
            var query = ArchiveQuery.ForRetrieve(
                request.DataSet ?? throw new FormatException("there is no identifier"), InformationModel.IsPatientRoot(request.AffectedClass));
            var instances = archive.Index.Instances(query);
            var counts = new SubOperations(instances.Count);
            await SendAsync(request, instances, counts, destination, cancelled);
            var status = cancelled.IsCancellationRequested && counts.Remaining > 0 ? DicomCommandStatusType.Cancel : counts.Outcome;
            using var failed = counts.FailedInstances();
            request.Respond(status, counts.Remaining, counts.Completed, counts.Failed, counts.Warning, failed);
            return $"{Words.Status(status)}: {counts}";
        }
        catch (Exception error)
        {
            // Whatever it is: the peer waits for an answer.
            request.Respond(Failure.StatusOf(error), 0, 0, 0, 0, detail: Failure.DetailOf(error));
            return $"failed, {Failure.TextOf(error)}";
        }
    }

    private async Task SendAsync(
        DicomRetrieveRequestEventArgs request, List<StoredInstance> instances, SubOperations counts, IStorageDestination destination,
        CancellationToken cancelled)
    {
        // Where nothing matches there is nobody to be called.
        foreach (var part in InAssociations(instances).TakeWhile(_ => !cancelled.IsCancellationRequested))
        {
            var left = new Queue<StoredInstance>(part);
            try
            {
                await destination.OpenAsync(part.Select(KindOf));
                while (left.Count > 0 && !cancelled.IsCancellationRequested)
                {
                    counts.Add(left.Peek().Instance, await StoreAsync(left.Peek(), destination));
                    left.Dequeue();
                    await TellAsync(request, counts, cancelled);
                }

                await destination.CloseAsync();
            }
            catch (Exception error) when (error is DicomException or TimeoutException)
            {
                Console.WriteLine($"{Words.Peer(request.Net)} retrieval: {error.Message}");
                left.ToList().ForEach(instance => counts.Add(instance.Instance, DicomCommandStatusType.ProcessingFailure));
            }
        }
    }

    // A presentation context for each pair of SOP class and transfer syntax; more of them than one association can have need several.
    private static IEnumerable<StoredInstance[]> InAssociations(List<StoredInstance> instances) => instances
        .GroupBy(KindOf)
        .Chunk(StorageContexts.MaximumKinds)
        .Select(kinds => kinds.SelectMany(kind => kind).ToArray());

    private static (string SopClass, string TransferSyntax) KindOf(StoredInstance instance) => (instance.SopClass, instance.TransferSyntax);

    private async Task<DicomCommandStatusType> StoreAsync(StoredInstance instance, IStorageDestination destination)
    {
        try
        {
            // Read while it is sent: the file is never in memory as a whole.
            using var dataSet = DicomDataSet.Load(archive.PathOf(instance.Path));
            return await destination.StoreAsync(instance, dataSet);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{instance.Path}: not sent: {error.Message}");
            return DicomCommandStatusType.ProcessingFailure;
        }
    }

    private static async Task TellAsync(DicomRetrieveRequestEventArgs request, SubOperations counts, CancellationToken cancelled)
    {
        // The last one's counts are told by the final response.
        if (counts.Remaining == 0 || cancelled.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await request.Net.ReadyToSendAsync(cancelled);
            request.Respond(DicomCommandStatusType.Pending, counts.Remaining, counts.Completed, counts.Failed, counts.Warning);
        }
        catch (OperationCanceledException)
        {
            // Seen by the caller.
        }
    }
}
