namespace Dicom.Net.Associations;

/// <summary>
/// Runs items one at a time and in order, on whichever thread brings it the time to do so.
/// </summary>
/// <remarks>
/// <para>Rule 1: <see cref="Enqueue"/> only adds; it never runs anything, so it may be called under a lock.</para>
/// <para>Rule 2: <see cref="Drain"/> runs what is queued on the calling thread, unless a drain is already under way; then it
/// returns at once, and the running drain takes the new items too. That makes calls from inside an item harmless.</para>
/// <para>Rule 3: an item that ends asynchronously keeps its turn; the drain goes on when it has ended.</para>
/// <para>Rule 4: nothing is run after the item of <see cref="EnqueueLast"/>: what comes later is dropped.</para>
/// </remarks>
/// <param name="run">Runs one item. It must not throw, nor return a task that fails.</param>
internal sealed class SerialQueue<T>(Func<T, ValueTask> run) : IThreadPoolWorkItem
{
    private readonly Queue<T> _items = new();
    private bool _draining;
    private bool _hasLast;

    public int Count
    {
        get
        {
            lock (_items)
            {
                return _items.Count;
            }
        }
    }

    public void Enqueue(T item)
    {
        lock (_items)
        {
            if (!_hasLast)
            {
                _items.Enqueue(item);
            }
        }
    }

    public void EnqueueLast(T item)
    {
        lock (_items)
        {
            Enqueue(item);
            _hasLast = true;
        }
    }

    /// <summary>Runs what is queued on this thread, unless another one is at it.</summary>
    public void Drain()
    {
        if (!TryBegin())
        {
            return;
        }

        while (TryTake(out var item))
        {
            var running = run(item);
            if (!running.IsCompletedSuccessfully)
            {
                _ = ContinueAfterAsync(running);
                return;
            }
        }
    }

    /// <summary>As <see cref="Drain"/>, on a thread of the pool: for callers whose own thread must not run what is queued.</summary>
    public void DrainElsewhere()
    {
        lock (_items)
        {
            if (_draining || _items.Count == 0)
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute() => Drain();

    private async Task ContinueAfterAsync(ValueTask running)
    {
        await running.ConfigureAwait(false);
        while (TryTake(out var item))
        {
            await run(item).ConfigureAwait(false);
        }
    }

    private bool TryBegin()
    {
        lock (_items)
        {
            if (_draining || _items.Count == 0)
            {
                return false;
            }

            _draining = true;
            return true;
        }
    }

    private bool TryTake(out T item)
    {
        lock (_items)
        {
            _draining = _items.TryDequeue(out item!);
            return _draining;
        }
    }
}
