namespace Dicom.Net;

/// <summary>A call to a handler has taken longer than it may.</summary>
internal sealed class HandlerTimeoutException(string message, Task running) : Exception(message)
{
    /// <summary>The call, which goes on: what it works with must last as long.</summary>
    public Task Running => running;

    /// <summary>Completes when the call has ended; what comes of it nobody hears any more.</summary>
    public async Task EndedAsync()
    {
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = Running.Exception;
        if (Running is Task<DicomOutcome> { IsCompletedSuccessfully: true } outcome)
        {
            (await outcome.ConfigureAwait(false)).DataSet?.Dispose();
        }
        else if (Running is Task<Stream?> { IsCompletedSuccessfully: true } destination && await destination.ConfigureAwait(false) is { } stream)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
