using System.CommandLine;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>`growth`: how our server's cost grows with associations, presentation contexts, PDUs and instances.</summary>
internal static class GrowthCommand
{
    private static readonly string Notes =
        $"""
        Medians of the rounds; ratios to `dsink` in the same round, interleaved: higher is better, in brackets the least and the most.

        {Placement.SameCore.Mark()} client and server on core 0. {Placement.TwoCores.Mark()} client and server on cores 0 and 1.
        """;

    public static Command Create()
    {
        var tools = ToolsOption.Create();
        var rounds = new Option<int>("--rounds") { Description = "How often to measure everything.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--secs") { Description = "How long each measurement lasts.", DefaultValueFactory = _ => 1 };
        var parts = new Parts([IdleGrowth.Key, .. Sweeps.All(new("dsink")).Select(sweep => sweep.Key)]);
        var output = Report.OutOption();

        var command = new Command("growth", "Measures how cost grows, and draws it.") { tools, rounds, seconds, parts.Option, output };
        command.SetAction(async (parsed, cancelled) =>
        {
            var chosen = parts.Chosen(parsed);
            NetworkNamespace.Enter();
            var report = new Report("How the cost of Dicom.Net grows").Add(Notes);
            using var built = await LoadTools.PrepareAsync(parsed.GetRequiredValue(tools), cancelled);
            using var scratch = ScratchFolder.InMemory();

            if (chosen.Contains(IdleGrowth.Key))
            {
                var idle = new IdleGrowth(built, scratch, parsed.GetValue(rounds), parsed.GetValue(seconds));
                IdleReport.Write(report, await idle.MeasureAsync(cancelled));
            }

            var run = new SweepRun(built, scratch, parsed.GetValue(rounds), parsed.GetValue(seconds));
            foreach (var sweep in Sweeps.All(new(built.Dsink)).Where(sweep => chosen.Contains(sweep.Key)))
            {
                SweepReport.Write(report, sweep, await run.MeasureAsync(sweep, cancelled));
            }

            await report.PublishAsync(parsed.GetValue(output));
        });
        return command;
    }
}
