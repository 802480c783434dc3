using System.CommandLine;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Query;

namespace Dicom.Net.Tool.Commands;

/// <summary>Asks a peer what it has (C-FIND).</summary>
internal sealed class FindCommand : ToolCommand
{
    private readonly PeerArguments _peer;
    private readonly QueryCommand _query = new(DicomUids.PatientRootFind, DicomUids.StudyRootFind);
    private readonly Option<bool> _bare = Defaulting("--bare", false, "Ask for the keys given, and not for the usual ones besides.");
    private readonly Option<int?> _limit = Number<int?>(
        "--limit", null, 1, int.MaxValue, "Ask the peer to stop after so many matches (C-CANCEL).");

    public FindCommand()
        : base("find", "Asks a peer what it has (C-FIND): patients, studies, series or instances.")
    {
        _peer = new PeerArguments().AddTo(this);
        _query.AddTo(this);
        Add(_bare);
        Add(_limit);
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        using var identifier = _query.Identifier(arguments);
        if (!arguments.GetValue(_bare))
        {
            DefaultKeys.AddTo(identifier);
        }

        var model = _query.Model(arguments);
        await using var network = _peer.Open(arguments, output, Clock);
        await using var association = await _peer.OpenAsync(arguments, network, _peer.Request(arguments).With(model), stop);
        return await new QueryRun(output, model, identifier).RunAsync(association, arguments.GetValue(_limit), stop);
    }
}
