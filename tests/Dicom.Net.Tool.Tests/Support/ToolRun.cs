using System.Text.Json;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Output;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>The tool, run in this process on a console that keeps what it is told.</summary>
internal sealed class ToolRun : IAsyncDisposable
{
    // Arbitrary: reached only by what hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A data set nests as deep as the library reads it, in three levels of JSON each.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private readonly CancellationTokenSource _stop = new();
    private readonly WatchedWriter _out = new();
    private readonly WatchedWriter _error = new();
    private readonly Task<int> _running;

    private ToolRun(string[] args, bool isTerminal, int width, TimeProvider? clock)
    {
        var terminal = new Terminal(Console(_out, isTerminal, width), Console(_error, isTerminal: false, width), isTerminal);
        _running = Task.Run(() => new DicomNetTool(terminal, clock).RunAsync(args, _stop.Token));
    }

    public string Out => _out.Text;

    public string Error => _error.Text;

    public string[] Lines => _out.Lines;

    /// <summary>The exit code, of what has ended.</summary>
    public ExitCode Code => (ExitCode)_running.Result;

    /// <summary>The objects of --json.</summary>
    public JsonElement[] Json => [.. Lines.Select(line => JsonDocument.Parse(line, Deep).RootElement)];

    /// <summary>The last of them.</summary>
    public JsonElement Result => Json[^1];

    /// <summary>Runs a command to its end, as if into a pipe.</summary>
    public static Task<ToolRun> RunAsync(params string[] args) => Start(args).EndAsync();

    /// <summary>Runs a command to its end, before a person.</summary>
    public static Task<ToolRun> RunAtTerminalAsync(int width, params string[] args) => new ToolRun(args, isTerminal: true, width, clock: null).EndAsync();

    /// <summary>Runs a command to its end, on some day; the time limits wait for the clock, too.</summary>
    public static Task<ToolRun> RunAsync(TimeProvider clock, params string[] args) => new ToolRun(args, isTerminal: false, 80, clock).EndAsync();

    /// <summary>Runs a command to its end, which comes when a peer that was asked has kept silent for too long.</summary>
    /// <param name="clock">The clock of the time limits: it stands still until the peer has been asked, however long that takes.</param>
    /// <param name="asked">Done when the peer has been asked what it does not answer.</param>
    /// <param name="args">The command.</param>
    public static async Task<ToolRun> RunOutOfTimeAsync(FakeTimeProvider clock, Task asked, params string[] args)
    {
        var run = new ToolRun(args, isTerminal: false, 80, clock);
        await asked.WithTimeout(Patience);

        // Again and again: the peer may have been asked before its time limit has begun.
        await Eventually.True(
            () =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                return run._running.IsCompleted;
            },
            Patience);
        return await run.EndAsync();
    }

    /// <summary>Begins one that ends when it is stopped.</summary>
    public static ToolRun Start(params string[] args) => new(args, isTerminal: false, 80, clock: null);

    /// <summary>Awaits an object of --json.</summary>
    public async Task<JsonElement> JsonAsync(string type)
    {
        JsonElement? found = null;
        await Eventually.True(() => (found = Json.Cast<JsonElement?>().FirstOrDefault(told => TypeOf(told!.Value) == type)) is not null);
        return found!.Value;
    }

    public IEnumerable<JsonElement> JsonOf(string type) => Json.Where(told => TypeOf(told) == type);

    /// <summary>As Ctrl-C does.</summary>
    public async Task<ToolRun> StopAsync()
    {
        await _stop.CancelAsync();
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task<ToolRun> EndAsync()
    {
        await _running.WithTimeout(Patience);
        return this;
    }

    private static string? TypeOf(JsonElement told) => told.GetProperty("type").GetString();

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal, int width)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        (console.Profile.Width, console.Profile.Height) = (width, 40);
        return console;
    }
}
