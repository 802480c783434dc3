using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The command line of the SCPs: where to listen, and who may come in.</summary>
internal sealed class ScpCommand : PeerCommand
{
    private readonly Option<string> _host = Defaulting("--host", "*", "Address or name to listen on; *: all addresses.");
    private readonly Option<int> _port = Defaulting("--port", 11112, "Port to listen on; 0: the first free one.", WholeNumber.Port);
    private readonly Option<int> _backlog = Defaulting("--backlog", 128, "How many connections may wait to be accepted.", WholeNumber.Count);
    private readonly Option<int> _drain = Defaulting("--drain", 30, "Seconds that peers get to finish after Ctrl-C.", WholeNumber.Seconds);

    private readonly Option<bool> _rejects = Defaulting(
        "--drain-rejects", false, "Meanwhile, go on listening and reject everybody (2/3/1), instead of freeing the port.");

    private readonly LimitArguments _limits = new();
    private readonly BalancerArguments _balancer = new();

    /// <param name="description">What the program does.</param>
    /// <param name="destination">The option that names peers that the program calls, if it calls any.</param>
    public ScpCommand(string description, Option? destination = null)
        : base(description, isServer: true, destination)
    {
        Option[] options = [_host, _port, _backlog, _drain, _rejects];
        foreach (var option in options)
        {
            Add(option);
        }

        _limits.AddTo(this);
        _balancer.AddTo(this);
    }

    /// <inheritdoc/>
    public override DicomNetOptions NetOptions(ParseResult arguments) =>
        _balancer.Apply(_limits.Apply(base.NetOptions(arguments), arguments), arguments);

    /// <summary>Lets the peers finish, as long as they may take, and ends.</summary>
    public Task DrainAsync(DicomNet scp, ParseResult arguments) =>
        scp.CloseAsync(TimeSpan.FromSeconds(arguments.GetValue(_drain)), arguments.GetValue(_rejects), _balancer.DrainDelay(arguments));

    /// <summary>Begins to listen and says where, or why not.</summary>
    public bool Listen(DicomNet scp, ParseResult arguments)
    {
        var result = _balancer.IsActivated(arguments, out var name)
            ? scp.ListenActivated(name, arguments.GetValue(_backlog))
            : scp.Listen(arguments.GetValue(_host), arguments.GetValue(_port), arguments.GetValue(_backlog), Ip(arguments));
        if (!result.IsSuccess)
        {
            Console.Error.WriteLine(result.Message);
            return false;
        }

        foreach (var endPoint in scp.LocalEndPoints)
        {
            Console.WriteLine($"Listening on {endPoint}");
        }

        if (scp.HealthPort > 0)
        {
            Console.WriteLine($"Checked for health on port {scp.HealthPort}");
        }

        return true;
    }

    /// <summary>Accepts who was let in, with what is asked for of the SOP classes that we support.</summary>
    /// <returns>Whether the association was accepted.</returns>
    public bool Answer(DicomAssociateRequestEventArgs request, ParseResult arguments, Func<string, bool> supports) =>
        Answer(request, arguments, new DicomSupportedServices(new DicomSupportedService(supports)));

    /// <inheritdoc cref="Answer(DicomAssociateRequestEventArgs, ParseResult, Func{string, bool})"/>
    public bool Answer(DicomAssociateRequestEventArgs request, ParseResult arguments, DicomSupportedServices services)
    {
        var answer = Limit(request.Association.CreateAccept(services), arguments);
        Console.WriteLine($"{Words.Peer(request.Net)} {request.Association}: accepted");
        return request.Accept(answer).IsSuccess;
    }
}
