using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The command line of the SCPs: where to listen, and who may come in.</summary>
internal sealed class ScpCommand : PeerCommand
{
    private readonly Option<string> _host = Defaulting("--host", "*", "Address or name to listen on; *: all addresses.");
    private readonly Option<int> _port = Defaulting("--port", 11112, "Port to listen on; 0: the first free one.");
    private readonly Option<int> _backlog = Defaulting("--backlog", 128, "How many connections may wait to be accepted.");
    private readonly Option<string?> _title = Defaulting<string?>("--aet", null, "This side's AE title: who calls another is rejected.");
    private readonly Option<int?> _maxClients = Defaulting<int?>("--max-clients", null, "How many may be connected at once.");
    private readonly Option<int> _drain = Defaulting("--drain", 30, "Seconds that peers get to finish after Ctrl-C.");

    private readonly Option<bool> _rejects = Defaulting(
        "--drain-rejects", false, "Meanwhile, go on listening and reject everybody (2/3/1), instead of freeing the port.");

    public ScpCommand(string description)
        : base(description, isServer: true)
    {
        Option[] options = [_host, _port, _backlog, _title, _maxClients, _drain, _rejects];
        foreach (var option in options)
        {
            Add(option);
        }
    }

    /// <summary>Lets the peers finish, as long as they may take, and ends.</summary>
    public Task DrainAsync(DicomNet scp, ParseResult arguments) =>
        scp.CloseAsync(TimeSpan.FromSeconds(arguments.GetValue(_drain)), arguments.GetValue(_rejects));

    /// <summary>Begins to listen and says where, or why not.</summary>
    public bool Listen(DicomNet scp, ParseResult arguments)
    {
        var result = scp.Listen(
            arguments.GetValue(_host), arguments.GetValue(_port), arguments.GetValue(_backlog), Ip(arguments));
        if (!result.IsSuccess)
        {
            Console.Error.WriteLine(result.Message);
            return false;
        }

        foreach (var endPoint in scp.LocalEndPoints)
        {
            Console.WriteLine($"Listening on {endPoint}");
        }

        return true;
    }

    /// <summary>Rejects whom we do not want, and accepts the others with what they ask for of the SOP classes that we support.</summary>
    /// <returns>Whether the association was accepted.</returns>
    public bool Answer(DicomAssociateRequestEventArgs request, ParseResult arguments, Func<string, bool> supports) =>
        Answer(request, arguments, new DicomSupportedServices(new DicomSupportedService(supports)));

    /// <inheritdoc cref="Answer(DicomAssociateRequestEventArgs, ParseResult, Func{string, bool})"/>
    public bool Answer(DicomAssociateRequestEventArgs request, ParseResult arguments, DicomSupportedServices services)
    {
        var client = request.Net;
        if (arguments.GetValue(_title) is { } title && title != request.Association.Called)
        {
            Console.WriteLine($"{Words.Peer(client)} {request.Association}: rejected, we are {title}");
            request.Reject(
                DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Called);
            return false;
        }

        // The one who asks is counted already.
        if (arguments.GetValue(_maxClients) is { } maximum && client.Server?.GetClientCount() > maximum)
        {
            Console.WriteLine($"{Words.Peer(client)} {request.Association}: rejected, there are {maximum} clients already");
            request.Reject(
                DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Limit);
            return false;
        }

        var answer = Limit(request.Association.CreateAccept(services), arguments);
        Console.WriteLine($"{Words.Peer(client)} {request.Association}: accepted");
        return request.Accept(answer).IsSuccess;
    }
}
