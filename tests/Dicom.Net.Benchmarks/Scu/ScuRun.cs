using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Scu;

/// <summary>Sends the same files into the same server by each program in turn, round after round.</summary>
internal sealed class ScuRun(LoadTools tools, ScratchFolder scratch, int rounds)
{
    /// <summary>The share of dgen's rate that is to be reached, for instances of 512 KiB and more.</summary>
    private const double Target = 0.85;

    private const string Absent = "–";

    private readonly SendingProgram _reference = SendingProgram.Dgen(tools);

    private readonly SendingProgram[] _programs =
    [
        SendingProgram.Ours,
        SendingProgram.OursAsTool,
        .. new[] { SendingProgram.Storescu, SendingProgram.Dcmsend }.OfType<SendingProgram>(),
    ];

    public async Task<MarkdownTable> MeasureAsync(IEnumerable<FileSet> sets, CancellationToken cancelled)
    {
        var table = new MarkdownTable(
            ["files", "dgen, op/s", .. _programs.Select(program => program.Heading), "target", "reached", "faster than the other tools"]);
        foreach (var set in sets)
        {
            using var folder = ScratchFolder.In(scratch.Path);
            await tools.MakeFilesAsync(folder.Path, set.Mkset.Split(' '), cancelled);
            foreach (var placement in new[] { Placement.SameCore, Placement.TwoCores })
            {
                await using var server = await RunningServer.StartAsync(new Dsink(tools.Dsink).Truncating, placement, scratch, cancelled);
                var rates = await RatesAsync(new(set, folder.Path, placement, server.Port, cancelled));
                table.Add(Row(set, placement, rates));
            }
        }

        return table;
    }

    private async Task<Dictionary<SendingProgram, List<double>>> RatesAsync(SendingTask task)
    {
        SendingProgram[] programs = [_reference, .. _programs];
        var rates = programs.ToDictionary(program => program, _ => new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var program in programs)
            {
                await AddRateAsync(program, task, rates[program], round);
            }
        }

        return rates;
    }

    // A program that fails leaves a hole in the table; the others go on.
    private async Task AddRateAsync(SendingProgram program, SendingTask task, List<double> rates, int round)
    {
        try
        {
            var rate = await program.MeasureAsync(task);
            rates.Add(rate);
            await Console.Error.WriteLineAsync(
                $"round {round}/{rounds}  {task.Set.Key + task.Placement.Mark(),-6}  {program.Heading,-25}  {rate,12:N1}/s");
        }
        catch (BenchmarkException failure)
        {
            await Console.Error.WriteLineAsync($"{task.Set.Key}, {program.Heading}: {failure.Message}");
        }
    }

    private IEnumerable<string> Row(FileSet set, Placement placement, Dictionary<SendingProgram, List<double>> rates)
    {
        double? Median(SendingProgram program) => rates[program] is { Count: > 0 } some ? Reporting.Median.Of(some) : null;

        var reference = Median(_reference);
        var ours = Median(SendingProgram.Ours) / reference;
        var others = _programs.Except([SendingProgram.Ours, SendingProgram.OursAsTool]).Select(Median).Where(rate => rate is not null);
        return
        [
            set.Key + placement.Mark(),
            reference?.ToString("N1", CultureInfo.InvariantCulture) ?? Absent,
            .. _programs.Select(program => (Median(program) / reference)?.ToString("0.00", CultureInfo.InvariantCulture) ?? Absent),
            set.IsOfSmallFiles ? Absent : $"≥ {Target.ToString("0.00", CultureInfo.InvariantCulture)}",
            set.IsOfSmallFiles || ours is null ? Absent : ours >= Target ? "yes" : "no",
            !others.Any() ? Absent : Median(SendingProgram.OursAsTool) > others.Max() ? "yes" : "no",
        ];
    }
}
