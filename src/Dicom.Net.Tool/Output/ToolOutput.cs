using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dicom.Net.Tool.Output;

/// <summary>
/// What a command says: to a person at a terminal, to a pipe in plain lines, or to a script as JSON, one object a line. Everything passes
/// <see cref="Printable"/> or JSON's own escapes here, so that no command has to think of it. Any thread may call.
/// </summary>
internal sealed class ToolOutput(Terminal terminal, bool isJson)
{
    // Relaxed: no HTML is made of it. Control characters are escaped all the same.
    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // Peers nest sequences, as many as 64 until they are refused, and each costs three levels: attribute, Value, item (PS3.18 §F.2.2).
        MaxDepth = 256,
    };

    /// <summary>Below that many columns the words leave no room for a bar.</summary>
    private const int NarrowestBar = 80;

    private readonly Lock _gate = new();
    private bool _isDrawing;

    /// <summary>Whether a script reads: then only <see cref="Json"/> says anything on the standard output.</summary>
    public bool IsJson => isJson;

    /// <summary>Whether a person looks on: tables and progress bars have a meaning.</summary>
    public bool IsForPerson => !isJson && terminal.IsTerminal;

    /// <summary>The columns of the terminal.</summary>
    public int Width => terminal.Out.Profile.Width;

    /// <summary>The lines of the terminal.</summary>
    public int Height => terminal.Out.Profile.Height;

    /// <summary>Whether signs beyond ASCII can be shown.</summary>
    public bool HasUnicode => terminal.Out.Profile.Capabilities.Unicode;

    /// <summary>A piece of a table or line.</summary>
    public static Text Cell(string text, Tone tone = Tone.Plain) => new(Printable.Of(text), tone.ToStyle());

    /// <summary>Says a line. Not to scripts.</summary>
    public void Line(string text, Tone tone = Tone.Plain)
    {
        if (!isJson)
        {
            Write(terminal.Out, text, tone, isWrapped: terminal.IsTerminal);
        }
    }

    /// <summary>Says what went wrong, on the standard error; in the midst of a drawing above it.</summary>
    public void Error(string text, Tone tone = Tone.Bad) =>
        Write(_isDrawing ? terminal.Out : terminal.Error, text, tone, isWrapped: _isDrawing);

    /// <summary>Says a line whose parts differ in tone. Not to scripts.</summary>
    public void Line(params (string Text, Tone Tone)[] parts)
    {
        if (!terminal.IsTerminal)
        {
            Line(string.Concat(parts.Select(part => part.Text)));
            return;
        }

        var line = new Paragraph();
        foreach (var (text, tone) in parts)
        {
            line.Append(Printable.Of(text), tone.ToStyle());
        }

        Draw(line.Append("\n"));
    }

    /// <summary>Says a line of columns to a program that is no script of JSON: with tabs between.</summary>
    public void TabbedLine(IEnumerable<string> columns)
    {
        if (!isJson)
        {
            lock (_gate)
            {
                terminal.Out.Profile.Out.Writer.WriteLine(string.Join('\t', columns.Select(Printable.Of)));
            }
        }
    }

    /// <summary>Shows a table, or whatever else is drawn; to persons alone.</summary>
    public void Draw(IRenderable drawing)
    {
        if (IsForPerson)
        {
            lock (_gate)
            {
                terminal.Out.Write(drawing);
            }
        }
    }

    /// <summary>Tells a script a fact.</summary>
    /// <param name="type">What kind of fact.</param>
    /// <param name="facts">Its properties become those of the object.</param>
    public void Json(string type, params object?[] facts)
    {
        if (!isJson)
        {
            return;
        }

        var told = new JsonObject { ["type"] = type };
        foreach (var (name, value) in facts.SelectMany(PropertiesOf))
        {
            told[name] = value?.DeepClone();
        }

        lock (_gate)
        {
            terminal.Out.Profile.Out.Writer.WriteLine(told.ToJsonString(Names));
        }
    }

    /// <summary>Does something long under a progress bar; for others than persons, without.</summary>
    /// <param name="what">Its name.</param>
    /// <param name="work">The work.</param>
    /// <param name="hasEnd">Whether it is known how much there is to do.</param>
    public async Task<T> WithProgressAsync<T>(string what, Func<ProgressBar, Task<T>> work, bool hasEnd = true)
    {
        if (!IsForPerson)
        {
            return await work(ProgressBar.Unseen);
        }

        ProgressColumn[] columns = !hasEnd ? [new SpinnerColumn(), new TaskDescriptionColumn()]
            : Width < NarrowestBar ? [new TaskDescriptionColumn(), new PercentageColumn()]
            : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
        return await DrawingAsync(() => new Progress(terminal.Out).AutoClear(true).Columns(columns).StartAsync(
            context => work(new ProgressBar(context.AddTask(Markup.Escape(what)), what))));
    }

    /// <summary>Does something under a drawing that changes; for others than persons, without.</summary>
    public Task WithViewAsync(Func<IRenderable> view, Func<Action, Task> work) => !IsForPerson
        ? work(() => { })
        : DrawingAsync(async () =>
        {
            await new LiveDisplay(terminal.Out, view()).AutoClear(true).StartAsync(context => work(() =>
            {
                // Spectre's locks of console and drawing are taken in either order: ours comes before both.
                lock (_gate)
                {
                    context.UpdateTarget(view());
                }
            }));
            return true;
        });

    private async Task<T> DrawingAsync<T>(Func<Task<T>> draw)
    {
        _isDrawing = true;
        try
        {
            return await draw();
        }
        finally
        {
            _isDrawing = false;
        }
    }

    private void Write(IAnsiConsole console, string text, Tone tone, bool isWrapped)
    {
        lock (_gate)
        {
            if (isWrapped)
            {
                // In one piece: what is drawn below is drawn anew after each.
                console.Write(new Text(Printable.Of(text) + "\n", tone.ToStyle()));
            }
            else
            {
                // A pipe has no width at which lines were to be broken.
                console.Profile.Out.Writer.WriteLine(Printable.Of(text));
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> PropertiesOf(object? facts) =>
        facts is null ? [] : JsonSerializer.SerializeToNode(facts, Names)!.AsObject();
}
