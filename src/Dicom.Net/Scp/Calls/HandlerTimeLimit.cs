namespace Dicom.Net;

/// <summary>How long a call to a handler may take.</summary>
internal sealed record HandlerTimeLimit(TimeSpan Limit, TimeProvider Time)
{
    /// <summary>Calls, and waits as long as it may take: where there is a limit, on another thread, since the call itself may hang.</summary>
    /// <exception cref="HandlerTimeoutException">The time is over. The call goes on, and nobody waits for it.</exception>
    public ValueTask<T> KeepAsync<T>(Func<ValueTask<T>> call) => KeepAsync(call, static call => call());

    /// <summary>The same for a call that is told what it needs: without a limit, that costs nothing.</summary>
    public ValueTask<T> KeepAsync<TState, T>(TState state, Func<TState, ValueTask<T>> call) =>
        Limit == Timeout.InfiniteTimeSpan ? call(state) : RunAsync(state, call);

    /// <summary>The same for each element of a sequence, and for its end: an iterator's finally may hang, too.</summary>
    public async IAsyncEnumerable<T> KeepAsync<T>(IAsyncEnumerable<T> sequence)
    {
        var elements = sequence.GetAsyncEnumerator(CancellationToken.None);
        Task? ending = null;
        try
        {
            while (await MoveNextAsync().ConfigureAwait(false))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            if (ending is null)
            {
                await KeepAsync(elements, DisposeAsync).ConfigureAwait(false);
            }
        }

        ValueTask<bool> MoveNextAsync() => Limit == Timeout.InfiniteTimeSpan ? elements.MoveNextAsync() : MoveInTimeAsync();

        async ValueTask<bool> MoveInTimeAsync()
        {
            var moving = Task.Run(() => elements.MoveNextAsync().AsTask());
            try
            {
                return await WaitAsync(moving).ConfigureAwait(false);
            }
            catch (HandlerTimeoutException late)
            {
                ending = DisposeLaterAsync(moving, elements);
                throw new HandlerTimeoutException(late.Message, ending);
            }
        }
    }

    private static async ValueTask<bool> DisposeAsync(IAsyncDisposable elements)
    {
        await elements.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>What still runs cannot be disposed of. It was given up: what it says in the end is not heard.</summary>
    private static async Task DisposeLaterAsync(Task moving, IAsyncDisposable elements)
    {
        await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await elements.DisposeAsync().ConfigureAwait(false);
    }

    // Apart: its closure would be made for calls without a limit, too.
    private ValueTask<T> RunAsync<TState, T>(TState state, Func<TState, ValueTask<T>> call) => WaitAsync(Task.Run(() => call(state).AsTask()));

    private async ValueTask<T> WaitAsync<T>(Task<T> running)
    {
        try
        {
            return await running.WaitAsync(Limit, Time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new HandlerTimeoutException($"The handler has not returned within {Limit}.", running);
        }
        catch (TimeoutException)
        {
            // It has returned in that very moment, or the exception is its own.
            return await running.ConfigureAwait(false);
        }
    }
}
