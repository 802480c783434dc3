using System.CommandLine;
using System.CommandLine.Parsing;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Receiving;

namespace Dicom.Net.Tool.Commands;

/// <summary>Gets instances of a peer on the association that asks for them (C-GET), and keeps them.</summary>
internal sealed class GetCommand : ToolCommand
{
    // PS3.8 §9.3.2.2: the ids are odd numbers of one byte.
    private const int MaximumContexts = 128;

    private readonly PeerArguments _peer;
    private readonly QueryCommand _query = new(DicomUids.PatientRootGet, DicomUids.StudyRootGet);
    private readonly Option<DirectoryInfo> _out = Defaulting("--out", new DirectoryInfo("received"), "The folder for the instances.");
    private readonly Option<string[]> _sopClasses = new("--class")
    {
        Description = "UID of a SOP class that may come. Repeatable. Default: the common ones.",
        HelpName = "uid",
        DefaultValueFactory = _ => CommonStorageClasses.Uids,
    };

    private readonly Option<string[]> _transferSyntaxes = new("--transfer")
    {
        Description = "UID of a transfer syntax that may come, in a presentation context of its own. Repeatable. Default: explicit or implicit "
            + "VR little endian.",
        HelpName = "uid",
        DefaultValueFactory = _ => [],
    };

    public GetCommand()
        : base("get", "Gets instances of a peer on the association that asks for them (C-GET).")
    {
        _peer = new PeerArguments { ResponseTimeout = Timeout.InfiniteTimeSpan }.AddTo(this);
        _query.AddTo(this);
        Add(_out);
        _sopClasses.Validators.Add(RequireUids);
        _transferSyntaxes.Validators.Add(RequireUids);
        Add(_sopClasses);
        Add(_transferSyntaxes);
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        using var identifier = _query.Identifier(arguments);
        var model = _query.Model(arguments);
        var request = WithStorage(_peer.Request(arguments).With(model), arguments);
        var keeper = new InstanceKeeper(new InstanceFolder(arguments.GetRequiredValue(_out)));
        using var untaken = new UntakenDataSets();
        await using var network = _peer.Open(arguments, output, Clock);

        // Threshold 0: what arrives goes to a file in the folder at once, so that keeping it is a rename.
        var options = _peer.AssociationOptions(arguments, network) with
        {
            Folder = keeper.Path,
            Network = network.Options with { MemoryThreshold = 0, MeterFactory = untaken },
        };
        await using var association = await DicomAssociation.OpenAsync(_peer.Host(arguments), _peer.Port(arguments), request, options, stop);
        var response = await output.WithProgressAsync("Getting", bar =>
        {
            var report = new RetrieveReport(output, bar);
            return association.GetAsync(
                model,
                identifier,
                (received, _) => new(report.Keep(keeper, received.SopClass, received.Instance, received.DataSet)),
                report,
                stop);
        });
        await association.ReleaseAsync(stop);
        return RetrieveReport.Summarize(output, response, keeper.Kept, keeper.Refused + untaken.Count);
    }

    private static void RequireUids(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => !UidText.IsUid(token.Value)))
        {
            result.AddError($"{result.Option.Name}: '{token.Value}' is no UID.");
        }
    }

    // For these SOP classes the one who asks is SCP, and that has to be said (PS3.4 §C.5.3, PS3.7 §D.3.3.4).
    private DicomAssociationRequest WithStorage(DicomAssociationRequest request, ParseResult arguments)
    {
        string[][] alternatives = arguments.GetRequiredValue(_transferSyntaxes) is { Length: > 0 } named
            ? [.. named.Select(transferSyntax => new[] { transferSyntax })]
            : [[DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian]];
        var sopClasses = arguments.GetRequiredValue(_sopClasses);
        return sopClasses.Length * alternatives.Length < MaximumContexts
            ? sopClasses.Aggregate(request, (proposed, sopClass) => alternatives.Aggregate(
                proposed, (all, syntaxes) => all.WithProviderRole(sopClass, syntaxes)))
            : throw new FormatException(
                $"An association has {MaximumContexts} presentation contexts, one for each --class in each --transfer: name fewer.");
    }
}
