namespace Dicom.Net;

/// <summary>How long a call to a handler may take.</summary>
internal sealed record HandlerTimeLimit(TimeSpan Limit, TimeProvider Time)
{
    /// <summary>Calls, and waits as long as it may take: where there is a limit, on another thread, since the call itself may hang.</summary>
    /// <exception cref="HandlerTimeoutException">The time is over. The call goes on, and nobody waits for it.</exception>
    public ValueTask<T> KeepAsync<T>(Func<ValueTask<T>> call) =>
        Limit == Timeout.InfiniteTimeSpan ? call() : WaitAsync(Task.Run(() => call().AsTask()));

    /// <summary>The same for each element of a sequence.</summary>
    public async IAsyncEnumerable<T> KeepAsync<T>(IAsyncEnumerable<T> sequence)
    {
        var elements = sequence.GetAsyncEnumerator(CancellationToken.None);
        var isStuck = false;
        try
        {
            while (await MoveNextAsync().ConfigureAwait(false))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            // What still runs cannot be disposed of.
            if (!isStuck)
            {
                await elements.DisposeAsync().ConfigureAwait(false);
            }
        }

        async ValueTask<bool> MoveNextAsync()
        {
            isStuck = true;
            var moved = await KeepAsync(elements.MoveNextAsync).ConfigureAwait(false);
            isStuck = false;
            return moved;
        }
    }

    private async ValueTask<T> WaitAsync<T>(Task<T> running)
    {
        try
        {
            return await running.WaitAsync(Limit, Time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new HandlerTimeoutException($"The handler has not returned within {Limit}.");
        }
    }
}
