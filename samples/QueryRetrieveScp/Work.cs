namespace Dicom.Net.Samples;

/// <summary>What keeps the index and the disk busy has a place here while it does: so much at once, and no more.</summary>
internal sealed class Work(int most)
{
    private int _running;

    /// <summary>Takes a place, if there is one: to be disposed of when the work is done.</summary>
    /// <exception cref="DicomRefusalException">There is enough to do already.</exception>
    public IDisposable Enter(DicomCommandStatusType refusal)
    {
        if (Interlocked.Increment(ref _running) > most)
        {
            Interlocked.Decrement(ref _running);
            throw new DicomRefusalException(refusal, "too busy, try later");
        }

        return new Place(this);
    }

    private sealed class Place(Work work) : IDisposable
    {
        private bool _isFree;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isFree, true))
            {
                Interlocked.Decrement(ref work._running);
            }
        }
    }
}
