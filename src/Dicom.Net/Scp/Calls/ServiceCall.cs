using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>A request that a handler serves, from its beginning to its final response.</summary>
internal abstract class ServiceCall
{
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenSource? _stop;
    private readonly CommandField _request;
    private DicomCommandStatusType _status = DicomCommandStatusType.ProcessingFailure;

    protected ServiceCall(AssociationHandlers handlers, DicomRequestEventArgs question)
    {
        Handlers = handlers;
        _request = question.Request;
        _cancelled = question.Cancelled;
        _stop = handlers.TimeLimit.Limit == Timeout.InfiniteTimeSpan ? null : CancellationTokenSource.CreateLinkedTokenSource(_cancelled);
    }

    /// <summary>Whether it is to run beside the association's callbacks in any case: it may need some of them.</summary>
    public virtual bool TakesItsTime => false;

    /// <summary>The request that the handler has, where its end is to be told.</summary>
    protected DicomQueryRequest? Query { get; set; }

    protected AssociationHandlers Handlers { get; }

    /// <summary>Tells the handler to stop: the peer has cancelled, the association is over, or the handler's time is.</summary>
    protected CancellationToken Token => _stop?.Token ?? _cancelled;

    protected bool IsCancelled => _cancelled.IsCancellationRequested;

    /// <summary>Serves, and answers. It never fails.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ServeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await FailAsync(error).ConfigureAwait(false);
        }
        finally
        {
            TellAnswered();
            Handlers.EndTurn();
            Handlers.Release();
        }
    }

    /// <summary>Has the handler do its work, and sends what it says.</summary>
    protected abstract Task ServeAsync();

    /// <summary>Sends a final response of which nothing but its status is known.</summary>
    protected abstract DicomNetResult Answer(DicomCommandStatusType status, DicomStatusDetail? detail);

    /// <summary>Sends the final response.</summary>
    protected ValueTask<bool> AnswerAsync(DicomCommandStatusType status, DicomStatusDetail? detail = null)
    {
        _status = status;
        return SendAsync((call: this, status, detail), static final => final.call.Answer(final.status, final.detail));
    }

    /// <summary>Sends a response, as soon as there is room for it.</summary>
    /// <returns>False: nobody waits for it any more.</returns>
    /// <exception cref="DicomException">It cannot be sent as it is.</exception>
    protected async ValueTask<bool> SendAsync<T>(T response, Func<T, DicomNetResult> send)
    {
        DicomNetResult result;
        while ((result = Try(response, send)).Code == DicomExceptionCode.NetQueueFull)
        {
            await Handlers.Net.ReadyToSendAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return result.Code is not (DicomExceptionCode.InvalidState or DicomExceptionCode.NetNotConnected or DicomExceptionCode.Disposed)
            && result.ThrowIfFailed().IsSuccess;
    }

    /// <summary>The object may be one whose failures are exceptions.</summary>
    private static DicomNetResult Try<T>(T response, Func<T, DicomNetResult> send)
    {
        try
        {
            return send(response);
        }
        catch (DicomException error)
        {
            return error.Result;
        }
    }

    private async Task FailAsync(Exception error)
    {
        if (error is HandlerTimeoutException late)
        {
            Handlers.HoldUntilEnded(late);
            _ = _stop?.CancelAsync();
        }

        var (status, detail) = HandlerFault.Answer(Handlers, error, _request, IsCancelled);
        try
        {
            await AnswerAsync(status, detail).ConfigureAwait(false);
        }
        catch (Exception unsendable) when (unsendable is DicomException or ArgumentException)
        {
            // The peer must not wait for ever.
            HandlerLog.AnswerNotSent(Handlers.Log, Handlers.Peer, _request.ToStandardName(), unsendable.Message);
            Handlers.AbortByProvider();
        }
    }

    private void TellAnswered()
    {
        try
        {
            Query?.TellAnswered(_status);
        }
        catch (Exception error)
        {
            FacadeLog.CallbackFailed(Handlers.Log, error, nameof(DicomQueryRequest.WhenAnswered));
        }
    }
}
