using System.CommandLine;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Commands;

/// <summary>One of the tool's commands.</summary>
internal abstract class ToolCommand(string name, string description) : Command(name, description)
{
    /// <summary>Does the work.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Where to say what happens.</param>
    /// <param name="stop">Cancelled by Ctrl-C and SIGTERM.</param>
    /// <returns>How it ended. What is thrown instead is told as <see cref="Failure"/> says.</returns>
    public abstract Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop);

    protected static Option<T> Defaulting<T>(string name, T value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
