namespace Dicom.Net.Transport;

/// <summary>
/// The handles that an accept loop leaves to the rest of the process. The runtime opens a pipe for each thread that it starts, files for
/// what it loads, and ends the process if it cannot start its timer: peers that merely connect must not bring that about.
/// </summary>
/// <remarks>
/// The reserve is left free, not held: handles that are held would have to be given back in time, and nobody tells the accept loop
/// that a thread is about to start.
/// </remarks>
/// <param name="countFree">How many handles the process may still open; null if that is unknown, and then there is no reserve.</param>
internal sealed class HandleReserve(Func<int?> countFree)
{
    // Arbitrary: sixteen threads, at two handles for each one's pipe; a cold StoreScp under attack starts about five.
    private const int Wanted = 32;

    // Counting costs some microseconds for each open handle, too much for every accept. Arbitrary: even if eight loops have counted at the
    // same moment, and each of their connections opens a file besides, they take no more than what was to spare.
    private const int ShareOfOneCount = 16;

    // A process that is short already when it begins to listen is to serve all the same: with half of what it has.
    private readonly int _size = Math.Min(Wanted, (countFree() ?? 0) / 2);
    private int _acceptsUntilCount;

    /// <summary>What the last count has found.</summary>
    public int Free { get; private set; }

    /// <summary>Whether another connection may be accepted; to be asked once before each.</summary>
    public bool AllowsAccept()
    {
        if (_size == 0 || _acceptsUntilCount-- > 0)
        {
            return true;
        }

        Free = countFree() ?? int.MaxValue;
        var spare = Free - _size;
        _acceptsUntilCount = Math.Max(0, (spare / ShareOfOneCount) - 1);
        return spare > 0;
    }

    /// <summary>Something went wrong: the last count is no longer to be trusted.</summary>
    public void CountNextTime() => _acceptsUntilCount = 0;
}
