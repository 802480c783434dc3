using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>Measures every contender at every step, in turn, round after round.</summary>
internal sealed class SweepRun(LoadTools tools, ScratchFolder scratch, int rounds, double seconds)
{
    private readonly WarmUp _warmUp = new();

    /// <returns>The figures by step and name of the contender.</returns>
    public async Task<Measurements<long, string>> MeasureAsync(Sweep sweep, CancellationToken cancelled)
    {
        await using var servers = new ServerPool(scratch);
        var measurements = new Measurements<long, string>(sweep.Contenders[0].Name);
        var contenders = sweep.Contenders.ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            Array.Reverse(contenders); // So that nobody is always the first after a pause, or always the last.
            foreach (var (step, (name, program)) in sweep.Steps.SelectMany(step => contenders.Select(contender => (step, contender))))
            {
                if (await TryMeasureAsync(sweep, step, program, servers, cancelled) is { } figure)
                {
                    measurements.Add(step, name, round, figure);
                    var progress = $"round {round}/{rounds}  {sweep.Key,-8}  {sweep.Quantity.Label(step),8}  {name,-28}";
                    await Console.Error.WriteLineAsync($"{progress}  {figure,12:N1} {sweep.Yield.Unit}");
                }
            }
        }

        return measurements;
    }

    // A server that fails leaves a hole in the table; the others go on.
    private async Task<double?> TryMeasureAsync(
        Sweep sweep, long step, ServerProgram program, ServerPool servers, CancellationToken cancelled)
    {
        try
        {
            var server = await servers.GetAsync(program, sweep.Placement, cancelled);
            foreach (var first in new[] { sweep.Steps[0], sweep.Steps[sweep.Steps.Count / 2] })
            {
                await _warmUp.DoAsync(server, program, (sweep.Key, first), duration => LoadAsync(sweep, first, server, duration, cancelled));
            }

            return sweep.Yield.Of(await LoadAsync(sweep, step, server, seconds, cancelled));
        }
        catch (BenchmarkException failure)
        {
            await servers.RemoveAsync(program, sweep.Placement);
            await Console.Error.WriteLineAsync($"{sweep.Key}, {sweep.Quantity.Label(step)}, {program.Name}: {failure.Message}");
            return null;
        }
    }

    private Task<LoadResult> LoadAsync(
        Sweep sweep, long step, RunningServer server, double duration, CancellationToken cancelled)
    {
        var load = sweep.Load(step);
        string[] arguments =
        [
            .. load.Arguments.Split(' '),
            "--secs", duration.ToString(CultureInfo.InvariantCulture),
            "--warm", load.WarmUp.ToString(CultureInfo.InvariantCulture),
        ];
        var command = load.ByUs
            ? Self.Command(["cycle", "--port", server.Port.ToString(CultureInfo.InvariantCulture), .. arguments])
            : tools.DgenCommand(server.Port, arguments);
        return LoadTools.RunAsync(sweep.Placement, command, cancelled);
    }
}
