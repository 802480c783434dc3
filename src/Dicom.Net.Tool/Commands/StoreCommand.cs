using System.CommandLine;
using System.Diagnostics;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Commands;

/// <summary>Sends files to a peer (C-STORE), each in the transfer syntax that it is in.</summary>
internal sealed class StoreCommand : ToolCommand
{
    private readonly PeerArguments _peer;
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files, and folders with files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _window = Number(
        "--window", 1, 1, 32, "How many instances may be under way at once, where the peer agrees.");

    public StoreCommand()
        : base("store", "Sends DICOM files to a peer (C-STORE).")
    {
        _peer = new PeerArguments { ResponseTimeout = Timeout.InfiniteTimeSpan }.AddTo(this);
        _paths.Validators.Add(NotEmpty.Require("a file or folder"));
        Add(_paths);
        Add(_window);
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        var files = Find(arguments.GetRequiredValue(_paths)).ToList();
        if (files.Count == 0)
        {
            return new(ExitCode.BadUse, "There is no file in what was given.");
        }

        await using var network = _peer.Open(arguments, output, Clock);
        var began = Stopwatch.GetTimestamp();
        var report = await output.WithProgressAsync("Sending", bar => SendAsync(arguments, network, files, new(output, bar, files), stop));
        return report.Summarize(Stopwatch.GetElapsedTime(began));
    }

    private async Task<StoreReport> SendAsync(
        ParseResult arguments, Network network, List<string> files, StoreReport report, CancellationToken stop)
    {
        var request = _peer.Request(arguments);
        if (arguments.GetValue(_window) is > 1 and var window)
        {
            request = request.WithAsynchronousOperations(window);
        }

        var sender = new DicomFileSender(
            _peer.Host(arguments), _peer.Port(arguments), request, _peer.AssociationOptions(arguments, network))
        {
            Progress = report,
        };
        await foreach (var file in sender.SendAsync(files, stop))
        {
            report.Add(file);
        }

        return report;
    }

    // All files in the files and folders given, in a stable order.
    private static IEnumerable<string> Find(string[] paths) => paths.SelectMany(path => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : Enumerable.Repeat(path, 1));
}
