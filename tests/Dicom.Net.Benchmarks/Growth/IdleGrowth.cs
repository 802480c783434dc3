using System.Globalization;
using Dicom.Net.Benchmarks.Footprint;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>What idle associations cost in memory, and what they cost a peer that works meanwhile.</summary>
internal sealed class IdleGrowth(LoadTools tools, ScratchFolder scratch, int rounds, double seconds)
{
    public const string Key = "idle";

    private static readonly int[] Counts = [1, 10, 100, 1_000, 10_000];

    private readonly IdleAssociations _associations = new(tools, scratch);

    public async Task<IReadOnlyList<IdleStep>> MeasureAsync(CancellationToken cancelled)
    {
        var steps = new List<IdleStep>();
        var reference = new Dsink(tools.Dsink).Discarding;
        foreach (var count in Counts)
        {
            var ours = await TryMeasureAsync(OurServers.Discarding, count, cancelled);
            steps.Add(new(count, ours, await TryMeasureAsync(reference, count, cancelled)));
        }

        return steps;
    }

    // A server that fails, or a limit of open files that cannot be raised, leaves a hole; stderr says which.
    private async Task<IdleFigures?> TryMeasureAsync(ServerProgram program, int count, CancellationToken cancelled)
    {
        try
        {
            var echoes = new List<LoadResult>();
            var cost = await _associations.MeasureAsync(program, count, server => EchoAsync(server, echoes, cancelled), cancelled);
            await Console.Error.WriteLineAsync($"{Key}  {count,8:N0}  {program.Name,-12}  {cost.ResidentKibEach,10:N2} KiB resident each");
            return new(cost, [.. echoes.Select(echo => echo.MedianLatency)], [.. echoes.Select(echo => echo.TailLatency)]);
        }
        catch (BenchmarkException failure)
        {
            await Console.Error.WriteLineAsync($"{Key}, {count}, {program.Name}: {failure.Message}");
            return null;
        }
    }

    private async Task EchoAsync(RunningServer server, List<LoadResult> echoes, CancellationToken cancelled)
    {
        for (var round = 0; round < rounds; round++)
        {
            string[] load = ["echo", "--warm", "2000", "--secs", seconds.ToString(CultureInfo.InvariantCulture)];
            echoes.Add(await tools.LoadAsync(Placement.TwoCores, server.Port, load, cancelled));
        }
    }
}

/// <summary>What was seen beside a number of idle associations; null where it failed.</summary>
internal sealed record IdleStep(int Count, IdleFigures? Ours, IdleFigures? Reference);

/// <summary>What idle associations cost a server, and a peer of it: its latencies in microseconds, one for each round.</summary>
internal sealed record IdleFigures(IdleFootprint Cost, IReadOnlyList<double> Median, IReadOnlyList<double> Tail);
