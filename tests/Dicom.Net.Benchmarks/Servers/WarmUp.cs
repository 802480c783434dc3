namespace Dicom.Net.Benchmarks.Servers;

/// <summary>Work that does not count: a server does it before it is measured, once for each kind of work.</summary>
internal sealed class WarmUp
{
    // .NET compiles code anew once it has been called thirty times, twice over; what loops for long is called seldom. On one core with its
    // client, our server took C-STOREs of 2 KiB at 30,000 a second for six to eight seconds, and at 43,000 from then on.
    private const int ManagedRuns = 10;

    // Arbitrary; several runs rather than a long one, since files are deleted after each.
    private const double Seconds = 1;

    private readonly HashSet<(RunningServer Server, object Work)> _done = [];

    /// <summary>Does some work without counting it, unless the server has done work of this kind before.</summary>
    /// <param name="server">The server.</param>
    /// <param name="program">What it runs.</param>
    /// <param name="work">The kind of work.</param>
    /// <param name="load">Makes the load for as many seconds.</param>
    public async Task DoAsync(RunningServer server, ServerProgram program, object work, Func<double, Task<LoadResult>> load)
    {
        if (!_done.Add((server, work)))
        {
            return;
        }

        for (var run = 0; run < (program.IsManaged ? ManagedRuns : 1); run++)
        {
            await load(Seconds);
        }
    }
}
