using System.CommandLine;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>`memory`: what our server occupies and allocates.</summary>
internal static class MemoryCommand
{
    private const string Idle = "idle";
    private const string Allocated = "allocations";
    private const string Peak = "peak";

    private const string Notes =
        """
        Managed: live bytes, when full collections find no more to collect. Resident: in physical memory, the runtime's own included.
        Allocated: by the server, its associations included, once the same work has allocated as much twice running.
        """;

    public static Command Create()
    {
        var tools = ToolsOption.Create();
        var parts = new Parts([Idle, Allocated, Peak]);
        var idle = new Option<int[]>("--idle")
        {
            Description = "Numbers of idle associations.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1_000, 10_000],
        };
        var output = Report.OutOption();

        var command = new Command("memory", "Measures memory: idle associations, allocations, peaks.") { tools, parts.Option, idle, output };
        command.SetAction(async (parsed, cancelled) =>
        {
            var chosen = parts.Chosen(parsed);
            NetworkNamespace.Enter();
            var report = new Report("Memory of Dicom.Net");
            using var built = await LoadTools.PrepareAsync(parsed.GetRequiredValue(tools), cancelled);
            using var scratch = ScratchFolder.InMemory();
            (string Part, Func<Task<MarkdownTable>> Measure)[] tables =
            [
                (Idle, () => new IdleTable(built, scratch).MeasureAsync(parsed.GetRequiredValue(idle), cancelled)),
                (Allocated, () => new Allocations(built, scratch).MeasureAsync(cancelled)),
                (Peak, () => new PeakMemory(built, scratch).MeasureAsync(cancelled)),
            ];
            foreach (var (_, measure) in tables.Where(table => chosen.Contains(table.Part)))
            {
                report.Add((await measure()).ToString());
            }

            await report.Add(Notes).PublishAsync(parsed.GetValue(output));
        });
        return command;
    }
}
