using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The command line of the SCUs: whom to call.</summary>
internal sealed class ScuCommand : PeerCommand
{
    private readonly Argument<string> _host = new("HOST") { Description = "The peer's address or name." };
    private readonly Argument<int> _port = new("PORT") { Description = "The peer's port." };
    private readonly Option<string> _called = Defaulting("--called", "ANY-SCP", "The peer's AE title.");
    private readonly Option<string> _calling = Defaulting("--calling", "DICOMNET", "This side's AE title.");

    public ScuCommand(string description)
        : base(description, isServer: false)
    {
        Add(_host);
        Add(_port);
        Add(_called);
        Add(_calling);
    }

    /// <summary>A request without presentation contexts as yet.</summary>
    public DicomAssociate Request(ParseResult arguments) => Limit(
        new DicomAssociate(request: true)
        {
            Called = arguments.GetRequiredValue(_called),
            Calling = arguments.GetRequiredValue(_calling),
        },
        arguments);

    /// <summary>Connects, and asks for an association.</summary>
    /// <returns>The peer's answer.</returns>
    /// <exception cref="DicomException">There is no association; the message says why.</exception>
    public async Task<DicomAssociate> AssociateAsync(StepwiseScu scu, DicomAssociate request, ParseResult arguments)
    {
        await scu.ConnectAsync(arguments.GetRequiredValue(_host), arguments.GetRequiredValue(_port), Ip(arguments));
        return await scu.AssociateAsync(request);
    }

    /// <summary>As the other one, for who needs one presentation context above all.</summary>
    /// <exception cref="DicomException">There is no association, or the context was not accepted; the message says why.</exception>
    public async Task AssociateAsync(StepwiseScu scu, DicomAssociate request, byte context, ParseResult arguments)
    {
        var result = (await AssociateAsync(scu, request, arguments)).GetResult(context);
        if (result != DicomAssociateAcceptResultType.Success)
        {
            await scu.ReleaseAsync();
            throw new DicomException($"The peer does not accept {Words.Name(request.GetAbstract(context))}: {result}.");
        }
    }
}
