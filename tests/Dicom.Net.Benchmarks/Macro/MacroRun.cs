using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>Measures every contender in every row, in turn, round after round.</summary>
internal sealed class MacroRun(LoadTools tools, ServerPool servers, Contender reference, double seconds)
{
    private readonly WarmUp _warmUp = new();

    public async Task<Measurements<Row, Contender>> MeasureAsync(IReadOnlyList<Row> rows, int rounds, CancellationToken cancelled)
    {
        var measurements = new Measurements<Row, Contender>(reference);
        Contender[] contenders = [reference, .. Contender.Rivals];
        for (var round = 1; round <= rounds; round++)
        {
            Array.Reverse(contenders); // So that nobody is always the first after a pause, or always the last.
            foreach (var (row, contender) in rows.SelectMany(row => contenders.Select(contender => (row, contender))))
            {
                if (contender.For(row) is { } server && await TryMeasureAsync(row, server, cancelled) is { } rate)
                {
                    measurements.Add(row, contender, round, rate);
                    await TellAsync($"round {round}/{rounds}  {row.Key,-10}  {contender.Heading,-28}  {rate,12:N1}/s");
                }
            }
        }

        return measurements;
    }

    private static Task TellAsync(string progress) => Console.Error.WriteLineAsync(progress);

    // A server that fails leaves a hole in the table; the others go on.
    private async Task<double?> TryMeasureAsync(Row row, ServerProgram program, CancellationToken cancelled)
    {
        try
        {
            return await MeasureAsync(row, program, cancelled);
        }
        catch (BenchmarkException failure)
        {
            await servers.RemoveAsync(program, row.Placement);
            await TellAsync($"{row.Key}, {program.Name}: {failure.Message}");
            return null;
        }
    }

    private async Task<double> MeasureAsync(Row row, ServerProgram program, CancellationToken cancelled)
    {
        var server = await servers.GetAsync(program, row.Placement, cancelled);
        Task<LoadResult> Load(double duration) => LoadAsync(row, program, server, duration, cancelled);
        await _warmUp.DoAsync(server, program, row, Load);
        var result = await Load(seconds);
        if (row.Handling != Handling.None && !program.OutlivesItsFiles)
        {
            await servers.RemoveAsync(program, row.Placement);
        }

        return result.Rate;
    }

    private async Task<LoadResult> LoadAsync(
        Row row, ServerProgram program, RunningServer server, double duration, CancellationToken cancelled)
    {
        string[] clock =
        [
            "--secs", duration.ToString(CultureInfo.InvariantCulture),
            "--warm", row.WarmUp.ToString(CultureInfo.InvariantCulture),
        ];
        var result = await tools.LoadAsync(row.Placement, server.Port, [.. row.Dgen.Split(' '), .. clock], cancelled);
        if (row.Handling == Handling.Store && program.OutlivesItsFiles)
        {
            server.RemoveFiles();
        }

        return result;
    }
}
