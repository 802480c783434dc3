namespace Dicom.Net.Samples;

/// <summary>What takes its time runs here, so that callbacks are not kept waiting; so much at once, and no more.</summary>
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

    /// <summary>Begins some work on a thread of its own.</summary>
    /// <returns>False: there is enough to do already.</returns>
    public bool TryBegin(Func<Task> work)
    {
        if (Interlocked.Increment(ref _running) > most)
        {
            Interlocked.Decrement(ref _running);
            return false;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        });
        return true;
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
