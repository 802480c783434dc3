namespace Dicom.Net;

/// <summary>
/// Keeps associations to be used again: opening one costs several round trips, and an archive allows few at once. Who needs one borrows it,
/// and the pool opens, releases and drops them.
/// </summary>
/// <remarks>Any thread may call anything at any time.</remarks>
public sealed class DicomAssociationPool : IAsyncDisposable
{
    private readonly DicomAssociationPoolOptions _options;

    // One for each association that may be in use.
    private readonly SemaphoreSlim _places;

    // Those that are idle, the longest first. Also the lock.
    private readonly List<PoolEntry> _idle = [];

    // Those that are being released count as well: they are still open at the peer.
    private readonly List<Task> _endings = [];
    private int _inUse;
    private bool _isDisposed;
    private Task? _disposing;

    /// <summary>Makes a pool without associations.</summary>
    /// <param name="options">How many there may be, for how long, and how they behave; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DicomAssociationPool(DicomAssociationPoolOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
        _places = new(_options.MaximumAssociations);
    }

    /// <summary>How many associations are idle.</summary>
    public int IdleCount
    {
        get
        {
            lock (_idle)
            {
                return _idle.Count;
            }
        }
    }

    /// <summary>Lends an association: an idle one to the same peer for which the same was proposed, else a new one.</summary>
    /// <param name="host">The peer's address or name.</param>
    /// <param name="port">The peer's port, 1 to 65535.</param>
    /// <param name="request">What is proposed.</param>
    /// <param name="cancellationToken">Ends the waiting, or the attempt to open one.</param>
    /// <returns>
    /// The association; disposing gives it back. It stood a moment ago: a peer may end an idle one at any time, and what is asked for then
    /// throws a <see cref="DicomException"/>.
    /// </returns>
    /// <exception cref="DicomException">None came about; the code says why.</exception>
    /// <exception cref="ArgumentException">The request holds what cannot be sent.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<DicomPooledAssociation> RentAsync(
        string host, int port, DicomAssociationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var key = PoolKey.Of(host, port, request);
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var entry = TakeIdle(key, out var leaving) ?? await OpenAsync(key, request, leaving, cancellationToken).ConfigureAwait(false);
            return new(this, entry);
        }
        catch
        {
            GiveUpPlace();
            throw;
        }
    }

    /// <summary>Releases all associations: idle ones now, and is done when those in use were given back. Nothing is lent any more.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_idle)
        {
            return new(_disposing ??= EndAsync()); // Once: two who gather all places would wait for each other.
        }
    }

    private async Task EndAsync()
    {
        lock (_idle)
        {
            _isDisposed = true;
            _idle.ForEach(End);
            _idle.Clear();
        }

        // Who waits for a place is told that there are no more; the last one to give one back is awaited by it.
        for (var place = 0; place < _options.MaximumAssociations; place++)
        {
            await _places.WaitAsync().ConfigureAwait(false);
        }

        Task[] endings;
        lock (_idle)
        {
            endings = [.. _endings];
        }

        await Task.WhenAll(endings).ConfigureAwait(false);
        _places.Release(_options.MaximumAssociations);
    }

    internal async ValueTask ReturnAsync(PoolEntry entry)
    {
        if (!TryKeep(entry))
        {
            await entry.DisposeAsync().ConfigureAwait(false);
        }

        GiveUpPlace();
    }

    private bool TryKeep(PoolEntry entry)
    {
        lock (_idle)
        {
            if (_isDisposed || !entry.Association.IsReusable)
            {
                return false;
            }

            entry.BeginIdleness();
            _idle.Add(entry);
            return true;
        }
    }

    private void GiveUpPlace()
    {
        lock (_idle)
        {
            _inUse--;
        }

        _places.Release();
    }

    /// <summary>Takes a place, and an idle association for it, if there is a fitting one.</summary>
    /// <param name="key">What it must be for.</param>
    /// <param name="leaving">Otherwise, where there are too many, the end of one that makes room for a new one.</param>
    private PoolEntry? TakeIdle(PoolKey key, out Task? leaving)
    {
        leaving = null;
        lock (_idle)
        {
            _inUse++;
            ObjectDisposedException.ThrowIf(_isDisposed, this);

            // The last one that was given back: the others may go.
            var found = _idle.FindLastIndex(entry => entry.Key == key && entry.Association.IsReusable);
            if (found < 0)
            {
                leaving = _idle.Count + _endings.Count + _inUse > _options.MaximumAssociations ? TakeLeaving() : null;
                return null;
            }

            var entry = _idle[found];
            _idle.RemoveAt(found);
            entry.EndIdleness();
            return entry;
        }
    }

    /// <summary>The end of one, of which nobody else may think that it makes room for him. Under the lock.</summary>
    private Task TakeLeaving()
    {
        if (_endings.Count == 0)
        {
            End(_idle[0]);
            _idle.RemoveAt(0);
        }

        var leaving = _endings[0];
        _endings.RemoveAt(0);
        return leaving;
    }

    private async Task<PoolEntry> OpenAsync(
        PoolKey key, DicomAssociationRequest request, Task? leaving, CancellationToken cancellationToken)
    {
        if (leaving is not null)
        {
            await EndOfAsync(leaving, cancellationToken).ConfigureAwait(false);
        }

        var association = await DicomAssociation.OpenAsync(key.Host, key.Port, request, _options.Association, cancellationToken)
            .ConfigureAwait(false);
        var entry = new PoolEntry(key, association, _options.Association.Network.TimeProvider, _options.IdleTimeout, EndIdle);
        _ = ForgetClosedAsync(entry);
        return entry;
    }

    private async Task EndOfAsync(Task leaving, CancellationToken cancellationToken)
    {
        try
        {
            await leaving.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_idle)
            {
                if (!leaving.IsCompleted)
                {
                    _endings.Add(leaving); // Somebody else may wait for it.
                }
            }

            throw;
        }
    }

    /// <summary>An idle association that the peer has ended is no use to anybody.</summary>
    private async Task ForgetClosedAsync(PoolEntry entry)
    {
        await entry.Association.Closed.ConfigureAwait(false);
        EndIdle(entry);
    }

    private void EndIdle(PoolEntry entry)
    {
        lock (_idle)
        {
            if (_idle.Remove(entry))
            {
                End(entry);
            }
        }
    }

    /// <summary>Ends an association beside the caller; disposing of the pool awaits it.</summary>
    private void End(PoolEntry entry)
    {
        var ending = Task.Run(async () => await entry.DisposeAsync().ConfigureAwait(false));
        _endings.Add(ending);
        _ = ending.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Forget(Task ending)
    {
        lock (_idle)
        {
            _endings.Remove(ending);
        }
    }
}
