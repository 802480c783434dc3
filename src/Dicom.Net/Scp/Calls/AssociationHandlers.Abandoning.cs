using Dicom.Net.Diagnostics;

namespace Dicom.Net;

/// <summary>What an instance has begun that never comes to be stored: whoever has made room for it is told.</summary>
internal sealed partial class AssociationHandlers
{
    // One data set arrives at a time. Of the association's callbacks; when they have ended, of EndAsync.
    private (ICStoreStartHandler Handler, DicomCStoreRequest Request)? _started;

    /// <summary>A message has been told of: if the instance that was begun is not in the hands of its handler now, it will never be.</summary>
    public void AbandonStarted()
    {
        if (_started is not null)
        {
            Interlocked.Increment(ref _holds);
            _ = AbandonAndReleaseAsync();
        }
    }

    private async Task AbandonAndReleaseAsync()
    {
        await AbandonAsync().ConfigureAwait(false);
        Release();
    }

    private async Task AbandonAsync()
    {
        if (_started is { } started)
        {
            _started = null;
            await TellAsync(() => started.Handler.AbandonedAsync(started.Request)).ConfigureAwait(false);
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
            HandlerLog.AssociationHandlerFailed(log, error, Peer);
        }
    }
}
