using Spectre.Console;

namespace Dicom.Net.Tool.Output;

/// <summary>Where a program writes.</summary>
/// <param name="Out">The standard output.</param>
/// <param name="Error">The standard error.</param>
/// <param name="IsTerminal">Whether a person looks at the standard output, on which lines can be drawn over.</param>
internal sealed record Terminal(IAnsiConsole Out, IAnsiConsole Error, bool IsTerminal)
{
    public static Terminal OfThisProcess()
    {
        var output = AnsiConsole.Console;
        var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return new(output, error, !Console.IsOutputRedirected && output.Profile.Capabilities.Ansi);
    }
}
