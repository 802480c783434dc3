using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Dicom.Net.Benchmarks.Micro;

/// <summary>`micro`: the protocol's parts one by one, without a socket, under BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter")
        {
            Description = "Which: a part of a name, or a pattern such as *Pdu*.",
            DefaultValueFactory = _ => "*",
        };
        var command = new Command("micro", "Runs the micro-benchmarks; further arguments go to BenchmarkDotNet, such as --job short.")
        {
            filter,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            string[] arguments = ["--filter", Pattern(parsed.GetRequiredValue(filter)), .. parsed.UnmatchedTokens];
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(arguments);
            return summaries.Any() && summaries.All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
        });
        return command;
    }

    private static string Pattern(string filter) => filter.Contains('*', StringComparison.Ordinal) ? filter : $"*{filter}*";
}
