using Dicom.Net.Diagnostics;

namespace Dicom.Net;

/// <summary>What an instance has begun that never comes to be stored: whoever has made room for it is told.</summary>
internal sealed partial class AssociationHandlers
{
    // One data set arrives at a time. Of the association's callbacks; when they have ended, of EndAsync.
    private (ICStoreStartHandler Handler, DicomCStoreRequest Request)? _started;

    // What was told of an end, and is awaited no more: it still runs, or it has ended.
    private Task? _late;

    /// <summary>When a message has been told of: whether it was one that was begun and is not in the hands of its handler. It will never be.</summary>
    public bool HasStarted => _started is not null;

    /// <summary>Where the bytes of the instance went that its handler gets now.</summary>
    public Stream? Destination => _started?.Request.Destination;

    /// <summary>Tells the handler. Awaited before anything else is asked: it may undo what the next instance of the same name begins.</summary>
    public async Task AbandonAsync()
    {
        if (_started is { } started)
        {
            _started = null;
            await TellAsync(() => started.Handler.AbandonedAsync(started.Request)).ConfigureAwait(false);
        }
    }

    /// <summary>What StartAsync says after its time is over comes too late: the instance was refused.</summary>
    private async Task AbandonLateAsync(HandlerTimeoutException late, ICStoreStartHandler handler, DicomCStoreRequestEventArgs question)
    {
        if (late.Running is Task<Stream?> { IsCompletedSuccessfully: true } made)
        {
            var destination = await made.ConfigureAwait(false);
            await TellAsync(() => handler.AbandonedAsync(new(Context, question, destination))).ConfigureAwait(false);
        }
    }

    /// <summary>Tells a handler what nothing depends on: if it fails, the log knows.</summary>
    private async Task TellAsync(Func<ValueTask> tell)
    {
        try
        {
            await TimeLimit.KeepAsync(async () =>
            {
                await tell().ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            HandlerLog.AssociationHandlerFailed(Log, error, Peer);
            if (error is HandlerTimeoutException late)
            {
                KeepLate(late.EndedAsync());
            }
        }
    }

    // No hold: where the end is told, the last has been released.
    private void KeepLate(Task ending)
    {
        lock (_gate)
        {
            _late = _late is null ? ending : Task.WhenAll(_late, ending);
        }
    }
}
