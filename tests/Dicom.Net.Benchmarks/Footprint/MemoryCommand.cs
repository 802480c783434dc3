using System.CommandLine;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>`memory`: what our server occupies and allocates.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var tools = ToolsOption.Create();
        var idle = new Option<int[]>("--idle")
        {
            Description = "Numbers of idle associations.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1_000, 10_000],
        };
        var output = Report.OutOption();

        var command = new Command("memory", "Measures memory: idle associations, allocations, peaks.") { tools, idle, output };
        command.SetAction(async (parsed, cancelled) =>
        {
            NetworkNamespace.Enter();
            var report = new Report("Memory of Dicom.Net");
            using var built = await LoadTools.PrepareAsync(parsed.GetRequiredValue(tools), cancelled);
            using var scratch = ScratchFolder.InMemory();

            report.Add((await new IdleTable(built, scratch).MeasureAsync(parsed.GetRequiredValue(idle), cancelled)).ToString());
            report.Add((await new Allocations(built, scratch).MeasureAsync(cancelled)).ToString());
            report.Add((await new PeakMemory(built, scratch).MeasureAsync(cancelled)).ToString());
            report.Add("Managed: live bytes after a full collection. Resident: in physical memory, the runtime's own included.");
            await report.PublishAsync(parsed.GetValue(output));
        });
        return command;
    }
}
