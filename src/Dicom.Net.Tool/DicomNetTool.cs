using System.CommandLine;
using System.CommandLine.Invocation;
using Dicom.Net.Tool.Commands;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool;

/// <summary>The program: its commands, and what they have in common.</summary>
internal sealed class DicomNetTool
{
    private readonly Terminal _terminal;
    private readonly RootCommand _root = new("DICOM networking on the command line.");
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Say everything in JSON, an object a line; the last one is the result.",
        Recursive = true,
    };

    /// <param name="terminal">Where it writes.</param>
    /// <param name="clock">What day it is, and how long a peer is waited for; null: the system knows.</param>
    public DicomNetTool(Terminal terminal, TimeProvider? clock = null)
    {
        _terminal = terminal;
        ToolCommand[] commands =
        [
            new ListenCommand(), new EchoCommand(), new StoreCommand(), new FindCommand(), new MoveCommand(), new GetCommand(),
            new WorklistCommand(), new TraceCommand(), new BenchCommand(), new DoctorCommand(),
        ];
        foreach (var command in commands)
        {
            command.Clock = clock ?? TimeProvider.System;
            command.SetAction((arguments, stop) => RunAsync(command, arguments, stop));
            _root.Add(command);
        }

        _root.Add(new CompletionCommand());
        _root.Add(_json);
    }

    /// <summary>Runs what a command line asks for.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="stop">Ends it in good order, as Ctrl-C does.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken stop)
    {
        var parsed = _root.Parse(args);
        if (parsed.Action is ParseErrorAction explanation)
        {
            return Explain(parsed, explanation);
        }

        try
        {
            return await parsed.InvokeAsync(
                new()
                {
                    Output = _terminal.Out.Profile.Out.Writer,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // Ctrl-C and SIGTERM are told by the token.
                },
                stop);
        }
        catch (IOException)
        {
            // Commands tell of theirs: this was a help or completion that could not be written.
            return (int)ExitCode.LocalFailure;
        }
    }

    /// <summary>Says what is wrong with a command line.</summary>
    private int Explain(ParseResult parsed, ParseErrorAction explanation)
    {
        var command = parsed.CommandResult.Command;
        var missing = command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 })
            .Select(argument => argument.Name).ToList();
        var message = missing.Count > 0
            ? $"{string.Join(" and ", missing)} {(missing.Count > 1 ? "are" : "is")} missing."
            : string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());
        var writer = _terminal.Error.Profile.Out.Writer;
        IsTold(() =>
        {
            if (missing.Count > 0)
            {
                writer.WriteLine(message);
            }
            else
            {
                explanation.ShowHelp = false;
                parsed.Invoke(new() { Output = writer, Error = writer, EnableDefaultExceptionHandler = false });
            }

            writer.WriteLine($"See: dicomnet {(command == _root ? "" : $"{command.Name} ")}--help");
        });
        return TellResult(new(_terminal, parsed.GetValue(_json)), command, new(ExitCode.BadUse, message), isSaid: true);
    }

    private async Task<int> RunAsync(ToolCommand command, ParseResult arguments, CancellationToken stop)
    {
        var output = new ToolOutput(_terminal, arguments.GetValue(_json));
        ToolResult result;
        try
        {
            result = await command.RunAsync(arguments, output, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            result = new(ExitCode.Interrupted, "Interrupted.");
        }
        catch (Exception error) when (Failure.IsExpected(error))
        {
            result = Failure.Of(error);
        }

        return TellResult(output, command, result, isSaid: false);
    }

    /// <summary>Tells what came of a command, as far as it can be told: the disk under the output may be full.</summary>
    /// <returns>The exit code. Where nothing else failed, this has.</returns>
    private static int TellResult(ToolOutput output, Command command, ToolResult result, bool isSaid)
    {
        var (code, message) = result;
        var outcome = char.ToLowerInvariant($"{code}"[0]) + $"{code}"[1..];
        var isTold = IsTold(() => output.Json(
            "result", new { Command = command.Name, ExitCode = (int)code, Outcome = outcome, Message = message }, result.Facts));
        if (code == ExitCode.Ok && message.Length > 0)
        {
            isTold &= IsTold(() => output.Line(message, Tone.Good));
        }

        if (code == ExitCode.Ok && !isTold)
        {
            (code, message) = (ExitCode.LocalFailure, "The result cannot be written to the standard output.");
        }

        if (code != ExitCode.Ok && !isSaid && message.Length > 0)
        {
            IsTold(() => output.Error(message));
        }

        return (int)code;
    }

    private static bool IsTold(Action tell)
    {
        try
        {
            tell();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
