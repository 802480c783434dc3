using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>What is asked before there is a request to serve: about the association, and where the data set of an instance goes.</summary>
internal sealed partial class AssociationHandlers
{
    private List<IDicomAssociationHandler>? _asked;

    /// <summary>An association is asked for; from now on it is known by whom, if that may be of interest.</summary>
    /// <returns>False: none of these wants to decide.</returns>
    public bool TryBegin(DicomAssociateRequestEventArgs question)
    {
        var decides = Array.Exists(_registrations, static registration => registration.Provides<IDicomAssociationHandler>());
        if (decides || Array.Exists(_registrations, static registration => registration.Create is not null))
        {
            ContextOf(question.Association);
        }

        if (decides)
        {
            question.Handled = true;
            Interlocked.Increment(ref _holds);
            _ = AnswerAsync(question);
        }

        return decides;
    }

    /// <summary>Asks where the data set of a message goes. What is refused gets its fault, and its bytes are dropped.</summary>
    public ValueTask<Stream?> AskForStreamAsync(DimseMessage message) =>
        message.Command.CommandField == CommandField.CStoreRq
        && Find<ICStoreHandler>(message.SopClass) is { } registration
        && registration.Provides<ICStoreStartHandler>() ? AskForStreamAsync(registration, message) : default;

    private async ValueTask<Stream?> AskForStreamAsync(HandlerRegistration registration, DimseMessage message)
    {
        var stop = TimeLimit.Limit == Timeout.InfiniteTimeSpan ? Ended : new CancellationTokenSource();
        using var end = stop == Ended
            ? default
            : Ended.Token.UnsafeRegister(static stop => _ = ((CancellationTokenSource)stop!).CancelAsync(), stop);
        var question = net.CStoreQuestion(message);
        ICStoreStartHandler? handler = null;
        try
        {
            handler = Get<ICStoreStartHandler>(registration);
            var request = new DicomCStoreRequest(Context, question);
            var destination = await TimeLimit.KeepAsync(() => handler.StartAsync(request, stop.Token)).ConfigureAwait(false);
            _started = (handler, new(Context, question, destination));
            return destination;
        }
        catch (Exception error)
        {
            if (error is HandlerTimeoutException late)
            {
                HoldUntilEnded(late, () => AbandonLateAsync(late, handler!, question));
                _ = stop.CancelAsync();
            }

            var (status, detail) = HandlerFault.Answer(this, error, CommandField.CStoreRq, isCancelled: Ended.IsCancellationRequested);
            message.Incoming!.Refuse(new DicomRefusalException(status, detail, error));
            return null;
        }
    }

    /// <summary>A call that is awaited no more still runs: what it works with is not disposed of before it has ended.</summary>
    /// <param name="late">The call.</param>
    /// <param name="then">What is to be done before they are.</param>
    public void HoldUntilEnded(HandlerTimeoutException late, Func<Task>? then = null)
    {
        Interlocked.Increment(ref _holds);
        _ = ReleaseLaterAsync(late, then);
    }

    private async Task ReleaseLaterAsync(HandlerTimeoutException late, Func<Task>? then)
    {
        try
        {
            await late.EndedAsync().ConfigureAwait(false);
            await (then?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            HandlerLog.DisposeFailed(Log, error, Peer);
        }

        Release();
    }

    private async Task AnswerAsync(DicomAssociateRequestEventArgs question)
    {
        try
        {
            await DecideAsync(question).ConfigureAwait(false);
        }
        catch (OperationCanceledException gone) when (Ended.IsCancellationRequested)
        {
            // It did as it was told: nobody waits for an answer any more.
            HandlerLog.Cancelled(Log, Peer, "A-ASSOCIATE-RQ", gone.Message);
        }
        catch (Exception error)
        {
            if (error is HandlerTimeoutException late)
            {
                HoldUntilEnded(late);
            }

            HandlerLog.AssociationHandlerFailed(Log, error, Peer);
            net.RejectUnanswered(exchange);
        }
        finally
        {
            Release();
        }
    }

    private async Task DecideAsync(DicomAssociateRequestEventArgs question)
    {
        foreach (var registration in _registrations.Where(registration => registration.Provides<IDicomAssociationHandler>()))
        {
            var handler = Get<IDicomAssociationHandler>(registration);
            (_asked ??= []).Add(handler);
            var decision = await TimeLimit.KeepAsync(() => handler.RequestedAsync(Context, Ended.Token)).ConfigureAwait(false);
            if (Ended.IsCancellationRequested)
            {
                return; // Nobody waits for an answer any more.
            }

            if (decision is { Rejection: { } rejection })
            {
                exchange.Port?.Reject(rejection);
                return;
            }

            if (decision is { Services: { } services })
            {
                if (!net.RejectIfDraining(exchange) && !question.Accept(services).IsSuccess)
                {
                    net.RejectUnanswered(exchange);
                }

                return;
            }
        }

        net.AnswerUnasked(exchange, question.Association);
    }
}
