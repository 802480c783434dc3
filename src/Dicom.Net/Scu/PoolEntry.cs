using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>An association of a pool, in use or idle.</summary>
internal sealed class PoolEntry : IAsyncDisposable
{
    private readonly ITimer _idleness;
    private readonly TimeSpan _idleTimeout;

    /// <param name="key">What it can be used for.</param>
    /// <param name="association">The association.</param>
    /// <param name="time">The clock.</param>
    /// <param name="idleTimeout">How long it may be idle.</param>
    /// <param name="onIdleTooLong">Called when it was idle so long.</param>
    public PoolEntry(PoolKey key, DicomAssociation association, TimeProvider time, TimeSpan idleTimeout, Action<PoolEntry> onIdleTooLong)
    {
        Key = key;
        Association = association;
        _idleTimeout = idleTimeout;

        using var flow = CallerContext.Leave();
        _idleness = time.CreateTimer(_ => onIdleTooLong(this), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PoolKey Key { get; }

    public DicomAssociation Association { get; }

    public void BeginIdleness() => _idleness.Change(_idleTimeout, Timeout.InfiniteTimeSpan);

    public void EndIdleness() => _idleness.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Releases the association, or aborts it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _idleness.DisposeAsync().ConfigureAwait(false);
        await Association.DisposeAsync().ConfigureAwait(false);
    }
}
