using System.CommandLine;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Receiving;

namespace Dicom.Net.Tool.Commands;

/// <summary>Has a peer send instances to an AE title (C-MOVE), which may be this side's.</summary>
internal sealed class MoveCommand : ToolCommand
{
    private readonly PeerArguments _peer;
    private readonly QueryCommand _query = new(DicomUids.PatientRootMove, DicomUids.StudyRootMove);
    private readonly Option<string?> _destination = new("--destination", "--aem")
    {
        Description = "The AE title to send to; the peer has to know it, and where it is. Default: this side's.",
        HelpName = "title",
    };

    private readonly Option<int?> _receive = new("--receive")
    {
        Description = "Listen on this port meanwhile, and keep what comes; 0: the first free one.",
        HelpName = "port",
    };

    private readonly Option<DirectoryInfo> _out = Defaulting("--out", new DirectoryInfo("received"), "With --receive: the folder.");

    public MoveCommand()
        : base("move", "Has a peer send instances to an AE title (C-MOVE), which may be this side's.")
    {
        _peer = new PeerArguments { ResponseTimeout = Timeout.InfiniteTimeSpan }.AddTo(this);
        _query.AddTo(this);
        _destination.Validators.Add(PeerArguments.RequireTitle);
        Add(_destination);
        Add(_receive);
        Add(_out);
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        using var identifier = _query.Identifier(arguments);
        var model = _query.Model(arguments);
        var request = _peer.Request(arguments).With(model);
        await using var network = _peer.Open(arguments, output, Clock);
        return await output.WithProgressAsync("Moving", async bar =>
        {
            var report = new RetrieveReport(output, bar);
            var keeper = arguments.GetValue(_receive) is null
                ? null
                : new InstanceKeeper(new InstanceFolder(arguments.GetRequiredValue(_out)));
            using var untaken = new UntakenDataSets();
            var receiving = network.With(network.Options with { MemoryThreshold = 0, MeterFactory = untaken });
            using var receiver = keeper is null ? null : Listen(keeper, report, arguments, receiving, output);
            await using var association = await _peer.OpenAsync(arguments, network, request, stop);
            var title = arguments.GetValue(_destination) ?? request.Calling;
            var response = await association.MoveAsync(model, title, identifier, report, stop);
            await association.ReleaseAsync(stop);
            return RetrieveReport.Summarize(output, response, keeper?.Kept, (keeper?.Refused ?? 0) + untaken.Count);
        });
    }

    /// <summary>An SCP for Storage beside the SCU: what is asked for on one association comes on another one.</summary>
    private DicomNet Listen(InstanceKeeper keeper, RetrieveReport report, ParseResult arguments, Network network, ToolOutput output)
    {
        var handlers = new DicomHandlers
        {
            Supported = new(new DicomSupportedService(StorageSopClasses.Contain)),
        };
        handlers.OnCStore((request, _) => new(report.Keep(keeper, request.SopClass, request.SopInstance, request.DataSet!)));
        var scp = new DicomNet(
            keeper.Path, network.Security, network.Options with { Handlers = handlers });
        scp.Listen("*", arguments.GetValue(_receive)!.Value, maxNumberOfPeers: 8, _peer.Ip(arguments)).ThrowIfFailed();
        output.Line($"Receiving on port {scp.HostPort}");
        output.Json("receiving", new { Port = scp.HostPort });
        return scp;
    }
}
