using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The command line of the SCUs: whom to call.</summary>
internal sealed class ScuCommand : PeerCommand
{
    private readonly Argument<string> _host = new("HOST") { Description = "The peer's address or name." };
    private readonly Argument<int> _port = new("PORT") { Description = "The peer's port." };
    private readonly Option<string> _called = Defaulting("--called", "ANY-SCP", "The peer's AE title.");
    private readonly Option<string> _calling = Defaulting("--calling", "DICOMNET", "This side's AE title.");
    private readonly Option<int> _timeout = Defaulting(
        "--timeout", 0, "Seconds to wait for a response, or for the next one after a pending one; 0: as long as it takes.", WholeNumber.Seconds);

    public ScuCommand(string description)
        : base(description, isServer: false)
    {
        Add(_host);
        Add(_port);
        Add(_called);
        Add(_calling);
        Add(_timeout);
    }

    /// <summary>A request without presentation contexts as yet.</summary>
    /// <exception cref="FormatException">An AE title is none.</exception>
    public DicomAssociationRequest Request(ParseResult arguments)
    {
        try
        {
            return new DicomAssociationRequest(arguments.GetRequiredValue(_calling), arguments.GetRequiredValue(_called))
                .With(proposal => Limit(proposal, arguments));
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    public override DicomNetOptions NetOptions(ParseResult arguments)
    {
        var options = base.NetOptions(arguments);
        return arguments.GetValue(_timeout) is > 0 and var seconds
            ? options with { ResponseTimeout = TimeSpan.FromSeconds(seconds) }
            : options;
    }

    /// <summary>How an association behaves: failures are told by their status, and not thrown.</summary>
    public DicomAssociationOptions AssociationOptions(ParseResult arguments) => new()
    {
        Network = NetOptions(arguments),
        IpType = Ip(arguments),
        ThrowsOnFailure = false,
    };

    /// <summary>Opens an association.</summary>
    /// <exception cref="DicomException">There is none; the message says why.</exception>
    public Task<DicomAssociation> OpenAsync(
        DicomAssociationRequest request, ParseResult arguments, DicomAssociationOptions? options = null) => DicomAssociation.OpenAsync(
            arguments.GetRequiredValue(_host), arguments.GetRequiredValue(_port), request, options ?? AssociationOptions(arguments));

    /// <summary>Sends files on as many associations as they need.</summary>
    public IAsyncEnumerable<DicomSentFile> SendAsync(IEnumerable<string> paths, ParseResult arguments) => new DicomFileSender(
        arguments.GetRequiredValue(_host), arguments.GetRequiredValue(_port), Request(arguments), AssociationOptions(arguments)).SendAsync(paths);
}
