using System.CommandLine;
using Dicom.Net.Tool.Listening;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Receiving;

namespace Dicom.Net.Tool.Commands;

/// <summary>Listens for associations, keeps what they send, answers C-ECHO.</summary>
internal sealed class ListenCommand : ToolCommand
{
    // Arbitrary: a person sees the seconds go by, and a terminal over a slow line is not flooded.
    private static readonly TimeSpan Redrawing = TimeSpan.FromMilliseconds(500);

    private readonly Option<string> _host = Defaulting("--host", "*", "Address or name to listen on; *: all addresses.");
    private readonly Option<int> _port = Number("--port", 11112, 0, 65535, "Port to listen on; 0: the first free one.");
    private readonly Option<int> _backlog = Number("--backlog", 128, 0, 65535, "How many connections may wait to be accepted.");
    private readonly Option<int> _drain = Number("--drain", 10, 0, 86400, "Seconds that peers get to finish after Ctrl-C.");
    private readonly Option<bool> _acceptAll = Defaulting("--accept-all", false, "Accept every SOP class, and not those for storage alone.");
    private readonly Option<DirectoryInfo> _out = Defaulting("--out", new DirectoryInfo("received"), "Folder for the instances.");
    private readonly Option<bool> _discard = Defaulting("--discard", false, "Throw the instances away: for measuring.");
    private readonly StorageArguments _storage = new(
        DuplicatePolicy.KeepBoth, DuplicatePolicy.KeepFirst, DuplicatePolicy.Replace, DuplicatePolicy.Reject);

    private readonly LimitArguments _limits = new();
    private readonly NetworkArguments _network = new();

    public ListenCommand()
        : base("listen", "Listens for associations, keeps what they send, answers C-ECHO.")
    {
        Option[] options = [_host, _port, _backlog, _drain, _acceptAll, _out, _discard];
        foreach (var option in options)
        {
            Add(option);
        }

        _storage.AddTo(this);
        _limits.AddTo(this);
        _network.AddTo(this, isServer: true);
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        await using var network = _network.Open(arguments, output, Clock);
        var keeper = arguments.GetValue(_discard)
            ? null
            : new InstanceKeeper(new InstanceFolder(arguments.GetRequiredValue(_out), _storage.Policy(arguments)));
        var journal = new ListenJournal(output, network.Options.TimeProvider);
        using var scp = Scp(arguments, network, journal, keeper);
        var result = scp.Listen(
            arguments.GetValue(_host), arguments.GetValue(_port), arguments.GetValue(_backlog), _network.Ip(arguments));
        if (!result.IsSuccess)
        {
            return new(Failure.CodeOf(result.Code), result.Message);
        }

        string[] endPoints = [.. scp.LocalEndPoints.Select(endPoint => endPoint.ToString())];
        output.Json("listening", new { EndPoints = endPoints, Folder = keeper?.Path });
        var whereto = keeper is null ? "instances are thrown away" : $"instances go to {keeper.Path}";
        output.Line($"Listening on {string.Join(" and ", endPoints)}; {whereto}");
        var view = new ListenView(journal, output, endPoints, network.Options.TimeProvider);
        await output.WithViewAsync(view.Draw, redraw => ServeAsync(redraw, stop));
        output.Line("Ending: peers get their time to finish.", Tone.Faint);
        await scp.CloseAsync(TimeSpan.FromSeconds(arguments.GetValue(_drain)));
        return Result(journal);
    }

    private DicomNet Scp(ParseResult arguments, Network network, ListenJournal journal, InstanceKeeper? keeper)
    {
        var handlers = new DicomHandlers
        {
            Supported = new(new DicomSupportedService(arguments.GetValue(_acceptAll) ? _ => true : StorageSopClasses.Contain)),
        };
        handlers.Add(new ListenHandler(journal, keeper));

        // Threshold 0: what arrives goes to a file in the folder at once, so that keeping it is a rename.
        var options = _limits.Apply(network.Options, arguments) with { Handlers = handlers, MemoryThreshold = 0 };
        return new(keeper?.Path, network.Security, options);
    }

    private static async Task ServeAsync(Action redraw, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            redraw();
            await Task.Delay(Redrawing, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ToolResult Result(ListenJournal journal) => new(
        ExitCode.Ok,
        $"{Sizes.Count(journal.Associations, "association")}, {Sizes.Count(journal.Instances, "instance")} stored, {journal.Refused} refused")
    {
        Facts = new { journal.Associations, journal.Instances, journal.Refused },
    };
}
