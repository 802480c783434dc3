using System.CommandLine;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Fuzz.Targets;

namespace Dicom.Net.Fuzz;

/// <summary>Long runs by command, see the README; anything else on the command line is for the runner of the tests.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not ["run" or "corpus" or "--help", ..])
        {
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        }

        var program = new RootCommand("Gives Dicom.Net what no honest peer sends: see the README beside the project.")
        {
            RunCommand(),
            CorpusCommand(),
        };
        return await program.Parse(args).InvokeAsync();
    }

    private static Command RunCommand()
    {
        var target = new Option<string>("--target") { Description = $"all, or: {string.Join(", ", FuzzTargets.Names)}", DefaultValueFactory = _ => "all" };
        var seed = new Option<ulong?>("--seed") { Description = "where the choices come from; default: the clock" };
        var first = new Option<long>("--first") { Description = "the index of the first input" };
        var inputs = new Option<long?>("--inputs") { Description = "how many inputs, for each target" };
        var seconds = new Option<double?>("--seconds") { Description = "how long, for each target; default: 10, unless there are --inputs" };
        var workers = new Option<int>("--workers") { Description = "how many threads", DefaultValueFactory = _ => Environment.ProcessorCount };
        var findings = new Option<string>("--findings") { Description = "the folder for findings", DefaultValueFactory = _ => "findings" };
        var command = new Command("run", "Tries targets.") { target, seed, first, inputs, seconds, workers, findings };
        command.SetAction(options =>
        {
            var count = options.GetValue(inputs);
            var limit = options.GetValue(seconds) ?? (count is null ? 10 : null);
            return Run(options.GetValue(target)!, new(
                options.GetValue(seed) ?? (ulong)DateTime.UtcNow.Ticks, options.GetValue(first), count,
                limit is { } time ? TimeSpan.FromSeconds(time) : null, options.GetValue(workers), options.GetValue(findings)));
        });
        return command;
    }

    private static Command CorpusCommand()
    {
        var folder = new Argument<string>("folder") { Description = "where to write it: tests/Dicom.Net.Fuzz/Corpus" };
        var command = new Command("corpus", "Writes the corpus anew: valid inputs of every kind.") { folder };
        command.SetAction(options => CorpusWriter.Write(options.GetValue(folder)!));
        return command;
    }

    /// <returns>The exit code: 1 where there are findings.</returns>
    private static int Run(string targets, FuzzSettings settings)
    {
        var findings = 0;
        foreach (var target in FuzzTargets.Of(targets))
        {
            var result = new FuzzRun(target, settings).Run();
            Console.WriteLine(result);
            foreach (var finding in result.Findings)
            {
                Console.WriteLine(finding);
                finding.Save(settings.Findings!);
            }

            findings += result.Findings.Count;
        }

        return findings == 0 ? 0 : 1;
    }
}
