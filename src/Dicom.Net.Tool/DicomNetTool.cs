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

    public DicomNetTool(Terminal terminal)
    {
        _terminal = terminal;
        ToolCommand[] commands =
        [
            new ListenCommand(), new EchoCommand(), new StoreCommand(), new FindCommand(), new MoveCommand(), new GetCommand(),
            new WorklistCommand(), new TraceCommand(), new BenchCommand(), new DoctorCommand(),
        ];
        foreach (var command in commands)
        {
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
        var code = await parsed.InvokeAsync(
            new()
            {
                Output = _terminal.Out.Profile.Out.Writer,
                Error = _terminal.Error.Profile.Out.Writer,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Ctrl-C and SIGTERM are told by the token.
            },
            stop);
        if (parsed.Action is not ParseErrorAction)
        {
            return code;
        }

        var error = string.Join(' ', parsed.Errors.Select(error => error.Message));
        TellResult(new(_terminal, parsed.GetValue(_json)), parsed.CommandResult.Command, new(ExitCode.BadUse, error), isSaid: true);
        return (int)ExitCode.BadUse;
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

        TellResult(output, command, result, isSaid: false);
        return (int)result.Code;
    }

    private static void TellResult(ToolOutput output, Command command, ToolResult result, bool isSaid)
    {
        var outcome = char.ToLowerInvariant($"{result.Code}"[0]) + $"{result.Code}"[1..];
        output.Json("result", new { Command = command.Name, ExitCode = (int)result.Code, Outcome = outcome, result.Message }, result.Facts);
        if (isSaid || result.Message.Length == 0)
        {
            return;
        }

        if (result.Code == ExitCode.Ok)
        {
            output.Line(result.Message, Tone.Good);
        }
        else
        {
            output.Error(result.Message);
        }
    }
}
