namespace Dicom.Net;

/// <summary>An association lent by a <see cref="DicomAssociationPool"/>; disposing gives it back.</summary>
public sealed class DicomPooledAssociation : IAsyncDisposable
{
    private readonly DicomAssociationPool _pool;
    private readonly PoolEntry _entry;
    private bool _isGivenBack;

    internal DicomPooledAssociation(DicomAssociationPool pool, PoolEntry entry)
    {
        _pool = pool;
        _entry = entry;
    }

    /// <summary>The association; not to be used after it was given back.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public DicomAssociation Association
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isGivenBack, this);
            return _entry.Association;
        }
    }

    /// <summary>
    /// Gives the association back. One that has ended is dropped, and so is one on which operations are under way: it is aborted.
    /// </summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _isGivenBack, true) ? default : _pool.ReturnAsync(_entry);
}
