using System.CommandLine;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Commands;

/// <summary>One of the tool's commands.</summary>
internal abstract class ToolCommand(string name, string description) : Command(name, description)
{
    /// <summary>What day it is, and how long a peer is waited for.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Does the work.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Where to say what happens.</param>
    /// <param name="stop">Cancelled by Ctrl-C and SIGTERM.</param>
    /// <returns>How it ended. What is thrown instead is told as <see cref="Failure"/> says.</returns>
    public abstract Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop);

    protected static Option<T> Defaulting<T>(string name, T value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    /// <summary>An option that is a number.</summary>
    protected static Option<T> Number<T>(string name, T value, T least, T most, string description)
    {
        var option = Defaulting(name, value, description);
        option.HelpName = "number";
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } number
                && (Comparer<T>.Default.Compare(number, least) < 0 || Comparer<T>.Default.Compare(number, most) > 0))
            {
                result.AddError($"{name} is a number from {least} to {most}.");
            }
        });
        return option;
    }
}
