using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>A C-GET or C-MOVE (PS3.4 §C.4.2, §C.4.3): one instance after the other, with the counts after each, and a final response.</summary>
internal abstract class RetrieveCall(AssociationHandlers handlers, DicomRetrieveRequestEventArgs question)
    : ServiceCall(handlers, question)
{
    private DicomException? _failure;

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
            var counted = Counted(request, Handlers.TimeLimit.KeepAsync(instances));
            await foreach (var batch in InstanceBatches.Of(counted, destination.MostAtOnce).ConfigureAwait(false))
            {
                await SendAsync(batch, destination).ConfigureAwait(false);
                if (IsCancelled)
                {
                    break;
                }
            }

            await AnswerAsync(IsCancelled ? DicomCommandStatusType.Cancel : OutcomeOfAll()).ConfigureAwait(false);
        }
    }

    private DicomCommandStatusType OutcomeOfAll()
    {
        if (Progress.Remaining > 0)
        {
            // Success would tell the peer that it has all that there is.
            HandlerLog.InstancesMissing(Handlers.Log, Handlers.Peer, Progress.Remaining, Progress.Total);
            Progress.FailRemaining();
        }

        return Progress.Outcome;
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

        Progress.Total = Math.Max(Progress.Total, request.Count ?? first.Count);
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

            LogOnce(error);
            foreach (var instance in batch.Skip(sent))
            {
                Progress.Add(instance.SopInstance, DicomCommandStatusType.ProcessingFailure);
            }
        }
    }

    /// <summary>One failure ends them all, where there is no other association to try: it is told once.</summary>
    private void LogOnce(DicomException error)
    {
        if (error != _failure)
        {
            _failure = error;
            HandlerLog.DestinationFailed(Handlers.Log, Handlers.Peer, PeerText.Escape(error.Message));
        }
    }

    private async Task<DicomCommandStatusType> StoreAsync(DicomInstance instance, IRetrieveTarget destination)
    {
        var context = destination.FindContext(instance.Kind);
        if (context == 0)
        {
            return DicomCommandStatusType.SopClassNotSupported;
        }

        try
        {
            using var dataSet = await OpenAsync(instance).ConfigureAwait(false);
            return await destination.StoreAsync(context, instance, dataSet).ConfigureAwait(false);
        }
        catch (Exception error) when (!EndsAll(error))
        {
            // This one cannot be opened or encoded; the next may.
            HandlerLog.InstanceNotSent(Handlers.Log, error, Handlers.Peer, PeerText.Escape(instance.SopInstance));
            return DicomCommandStatusType.ProcessingFailure;
        }
    }

    /// <summary>What fails here is the instance's, even where it looks like the destination's: it may come from another archive.</summary>
    private async Task<DicomDataSet> OpenAsync(DicomInstance instance)
    {
        try
        {
            return await instance.OpenAsync(Token).ConfigureAwait(false);
        }
        catch (DicomException error)
        {
            throw new InvalidOperationException("The instance cannot be opened.", error);
        }
    }

    /// <summary>Whether there is no use in trying the next: nobody wants it any more, or the association has gone that it would go over.</summary>
    private bool EndsAll(Exception error) => error switch
    {
        OperationCanceledException => Token.IsCancellationRequested,
        DicomException refused => refused.Code is not (DicomExceptionCode.Parameter or DicomExceptionCode.Disposed
            or DicomExceptionCode.PresentationContext or DicomExceptionCode.PeerMaximumLength),
        _ => false,
    };

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
