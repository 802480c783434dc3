namespace Dicom.Net.Tests.Support;

/// <summary>What a call allocates.</summary>
internal static class Allocations
{
    /// <summary>
    /// The least that one of ten runs allocates on this thread, in bytes. Least, since a collection that another test causes takes away what
    /// is left of the thread's allocation buffer, and that counts as allocated: up to 8 KiB.
    /// </summary>
    public static long LeastOf(Action act)
    {
        act();
        var least = long.MaxValue;
        for (var i = 0; i < 10 && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
