namespace Dicom.Net.Samples;

/// <summary>What takes its time runs here, so that callbacks are not kept waiting; so much at once, and no more.</summary>
internal sealed class Work(int most)
{
    private int _running;

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
}
