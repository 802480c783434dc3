using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>A C-GET or C-MOVE (PS3.4 §C.4.2, §C.4.3): one instance after the other, with the counts after each, and a final response.</summary>
internal abstract class RetrieveCall(AssociationHandlers handlers, DicomRetrieveRequestEventArgs question, CommandField field)
    : ServiceCall(handlers, question, field)
{
    protected RetrieveProgress Progress { get; } = new();

    public override bool TakesItsTime => true;

    protected override DicomNetResult Answer(DicomCommandStatusType status, DicomStatusDetail? detail)
    {
        using var failed = Progress.FailedInstances();
        return question.Respond(
            status, Progress.Remaining, Progress.Completed, Progress.Failed, Progress.Warning, failed, detail);
    }

    /// <summary>Sends the instances, and answers.</summary>
    protected async Task SendAllAsync(DicomRetrieveRequest request, IAsyncEnumerable<DicomInstance> instances, IRetrieveTarget destination)
    {
        await using (destination.ConfigureAwait(false))
        {
            await foreach (var batch in InstanceBatches.Of(Counted(request, Handlers.TimeLimit.KeepAsync(instances))).ConfigureAwait(false))
            {
                await SendAsync(batch, destination).ConfigureAwait(false);
                if (IsCancelled)
                {
                    break;
                }
            }
        }

        await AnswerAsync(IsCancelled ? DicomCommandStatusType.Cancel : Progress.Outcome).ConfigureAwait(false);
    }

    /// <summary>The instances, once it is known how many there are.</summary>
    private async IAsyncEnumerable<DicomInstance> Counted(DicomRetrieveRequest request, IAsyncEnumerable<DicomInstance> instances)
    {
        List<DicomInstance> first = [];
        await foreach (var instance in instances.ConfigureAwait(false))
        {
            Token.ThrowIfCancellationRequested();
            if (request.Count is not { } count)
            {
                first.Add(instance);
                continue;
            }

            Progress.Total = count;
            yield return instance;
        }

        Progress.Total = Math.Max(Progress.Total, first.Count);
        foreach (var instance in first)
        {
            yield return instance;
        }
    }

    private async Task SendAsync(List<DicomInstance> batch, IRetrieveTarget destination)
    {
        var sent = 0;
        try
        {
            await destination.PrepareAsync([.. batch.Select(instance => instance.Kind).Distinct()], Token).ConfigureAwait(false);
            for (; sent < batch.Count && !IsCancelled; sent++)
            {
                Progress.Add(batch[sent].SopInstance, await StoreAsync(batch[sent], destination).ConfigureAwait(false));
                await TellAsync().ConfigureAwait(false);
            }
        }
        catch (DicomException error)
        {
            if (IsCancelled)
            {
                return; // What is left remains.
            }

            HandlerLog.DestinationFailed(Handlers.Log, Handlers.Peer, PeerText.Escape(error.Message));
            foreach (var instance in batch.Skip(sent))
            {
                Progress.Add(instance.SopInstance, DicomCommandStatusType.ProcessingFailure);
            }
        }
    }

    private async Task<DicomCommandStatusType> StoreAsync(DicomInstance instance, IRetrieveTarget destination)
    {
        try
        {
            return await destination.StoreAsync(instance, Token).ConfigureAwait(false);
        }
        catch (Exception error) when (!IsOfTheAssociation(error))
        {
            // This one cannot be opened or encoded; the next may.
            HandlerLog.InstanceNotSent(Handlers.Log, error, Handlers.Peer, PeerText.Escape(instance.SopInstance));
            return DicomCommandStatusType.ProcessingFailure;
        }
    }

    private static bool IsOfTheAssociation(Exception error) => error is OperationCanceledException
        or DicomException { Code: not (DicomExceptionCode.Parameter or DicomExceptionCode.Disposed) };

    private async Task TellAsync()
    {
        // The last one's counts are told by the final response.
        if (Progress.Remaining > 0 && !IsCancelled)
        {
            await SendAsync(this, static call => call.Pending()).ConfigureAwait(false);
        }
    }

    private DicomNetResult Pending() => question.Respond(
        DicomCommandStatusType.Pending, Progress.Remaining, Progress.Completed, Progress.Failed, Progress.Warning);
}
