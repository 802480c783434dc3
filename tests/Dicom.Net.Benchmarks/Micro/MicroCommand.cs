using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>`micro`: the protocol's parts one by one, without a socket, under BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var arguments = new Argument<string[]>("arguments")
        {
            Description = "Which: a part of a name, or a pattern such as *Pdu*; all if left out. "
                + "Then what BenchmarkDotNet is told, such as --job short.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("micro", "Runs the micro-benchmarks.") { arguments };
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetValue(arguments) ?? [];
            var isFiltered = given is [var first, ..] && !first.StartsWith('-');
            string[] toRun = isFiltered ? ["--filter", Pattern(given[0]), .. given[1..]] : ["--filter", "*", .. given];
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(toRun);
            return summaries.Any() && summaries.All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
        });
        return command;
    }

    private static string Pattern(string filter) => filter.Contains('*', StringComparison.Ordinal) ? filter : $"*{filter}*";
}
