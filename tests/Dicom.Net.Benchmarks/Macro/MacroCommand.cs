using System.CommandLine;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>`macro`: our server, the reference and the servers that are installed, under the same load in turn.</summary>
internal static class MacroCommand
{
    public static Command Create()
    {
        var tools = ToolsOption.Create();
        var rounds = new Option<int>("--rounds") { Description = "How often to measure everything.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--secs") { Description = "How long each measurement lasts.", DefaultValueFactory = _ => 2 };
        var rows = new Option<string?>("--rows")
        {
            Description = $"Some rows only, with commas between: {string.Join(",", Row.All.Select(row => row.Key))}.",
        };
        var output = Report.OutOption();

        var command = new Command("macro", "Measures our server against dsink, storescp and Orthanc.")
        {
            tools, rounds, seconds, rows, output,
        };
        command.SetAction(async (parsed, cancelled) =>
        {
            var chosen = Row.Choose(parsed.GetValue(rows));
            NetworkNamespace.Enter();
            var report = new Report("Dicom.Net against the reference and other servers");
            using var built = await LoadTools.PrepareAsync(parsed.GetRequiredValue(tools), cancelled);
            using var scratch = ScratchFolder.InMemory();
            await using var servers = new ServerPool(scratch);

            var reference = Contender.Reference(new(built.Dsink));
            var run = new MacroRun(built, servers, reference, parsed.GetValue(seconds));
            var measurements = await run.MeasureAsync(chosen, parsed.GetValue(rounds), cancelled);
            MacroReport.Write(report, chosen, measurements, reference, parsed.GetValue(rounds), parsed.GetValue(seconds));
            await report.PublishAsync(parsed.GetValue(output));
        });
        return command;
    }
}
