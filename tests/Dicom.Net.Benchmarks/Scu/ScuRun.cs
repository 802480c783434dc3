using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Scu;

/// <summary>Sends the same files into the same server by each program in turn, round after round.</summary>
internal sealed class ScuRun(LoadTools tools, ServerProgram server, ScratchFolder scratch, int rounds)
{
    private readonly SendingProgram[] _programs =
    [
        SendingProgram.Dgen(tools),
        SendingProgram.Ours,
        SendingProgram.OursInMemory,
        SendingProgram.OursAsTool,
        .. new[] { SendingProgram.Storescu, SendingProgram.Dcmsend }.OfType<SendingProgram>(),
    ];

    public async Task<MarkdownTable> MeasureAsync(IEnumerable<FileSet> sets, CancellationToken cancelled)
    {
        var table = new MarkdownTable(ScuRow.Headings(_programs));
        foreach (var set in sets)
        {
            using var folder = ScratchFolder.In(scratch.Path);
            await tools.MakeFilesAsync(folder.Path, set.Mkset.Split(' '), cancelled);
            foreach (var placement in new[] { Placement.SameCore, Placement.TwoCores })
            {
                await using var running = await RunningServer.StartAsync(server, placement, scratch, cancelled);
                var row = new ScuRow(_programs, set, placement, rounds);
                await FillAsync(row, new(set, folder.Path, placement, running.Port, cancelled));
                table.Add(row.Cells());
            }
        }

        return table;
    }

    private async Task FillAsync(ScuRow row, SendingTask task)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var program in _programs)
            {
                row[program, round] = await MeasureAsync(program, task, round);
            }
        }
    }

    // A program that fails leaves a hole in the table; the others go on.
    private async Task<LoadResult?> MeasureAsync(SendingProgram program, SendingTask task, int round)
    {
        try
        {
            var result = await program.MeasureAsync(task);
            await Console.Error.WriteLineAsync(
                $"round {round + 1}/{rounds}  {task.Set.Key + task.Placement.Mark(),-6}  {program.Heading,-25}  {result.Rate,12:N1}/s");
            return result;
        }
        catch (BenchmarkException failure)
        {
            await Console.Error.WriteLineAsync($"{task.Set.Key}, {program.Heading}: {failure.Message}");
            return null;
        }
    }
}
