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
        Task<bool>? moving = null;
        try
        {
            while (await MoveNextAsync().ConfigureAwait(false))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            if (moving is { IsCompleted: false })
            {
                _ = DisposeLaterAsync(moving, elements);
            }
            else
            {
                await elements.DisposeAsync().ConfigureAwait(false);
            }
        }

        ValueTask<bool> MoveNextAsync() => Limit == Timeout.InfiniteTimeSpan
            ? elements.MoveNextAsync()
            : WaitAsync(moving = Task.Run(() => elements.MoveNextAsync().AsTask()));
    }

    /// <summary>What still runs cannot be disposed of. It was given up: what it says in the end is not heard.</summary>
    private static async Task DisposeLaterAsync(Task moving, IAsyncDisposable elements)
    {
        await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await elements.DisposeAsync().ConfigureAwait(false);
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
        catch (TimeoutException)
        {
            // It has returned in that very moment, or the exception is its own.
            return await running.ConfigureAwait(false);
        }
    }
}
