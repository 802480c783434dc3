namespace Dicom.Net.Benchmarks.Servers;

/// <summary>Work that does not count: a server does it before it is measured, once for each kind of work.</summary>
internal sealed class WarmUp
{
    // Arbitrary: .NET compiles hot code anew some 0.1 s after it has last met new code.
    private const double Seconds = 1;

    // On one core with its client, a server of ours went on from 4,100 associations a second to 6,200 in the third second and later.
    private const int MostRuns = 8;

    // Arbitrary: what is less is noise.
    private const double Gain = 1.05;

    private readonly HashSet<(RunningServer Server, object Work)> _done = [];

    /// <summary>Does some work until it gets no faster twice running; once, if the server is compiled ahead of time.</summary>
    /// <param name="server">The server.</param>
    /// <param name="program">What it runs.</param>
    /// <param name="work">The kind of work: if the server has done it before, nothing is done.</param>
    /// <param name="load">Makes the load for as many seconds.</param>
    public async Task DoAsync(RunningServer server, ServerProgram program, object work, Func<double, Task<LoadResult>> load)
    {
        if (!_done.Add((server, work)))
        {
            return;
        }

        var best = (await load(Seconds)).Rate;
        var idleRuns = 0;
        for (var run = 1; program.IsManaged && run < MostRuns && idleRuns < 2; run++)
        {
            var rate = (await load(Seconds)).Rate;
            idleRuns = rate < best * Gain ? idleRuns + 1 : 0;
            best = Math.Max(best, rate);
        }
    }
}
