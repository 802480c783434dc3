using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The command line of the SCPs: where to listen, and who may come in.</summary>
internal sealed class ScpCommand : PeerCommand
{
    private readonly Option<string> _host = new("--host") { Description = "Address or name to listen on; *: all addresses.", DefaultValueFactory = _ => "*" };
    private readonly Option<int> _port = new("--port") { Description = "Port to listen on; 0: the first free one.", DefaultValueFactory = _ => 11112 };
    private readonly Option<int> _backlog = new("--backlog") { Description = "How many connections may wait to be accepted.", DefaultValueFactory = _ => 128 };
    private readonly Option<string?> _title = new("--aet") { Description = "This side's AE title: calls of another are rejected. Default: any." };
    private readonly Option<int> _maxClients = new("--max-clients") { Description = "How many may be connected at once.", DefaultValueFactory = _ => int.MaxValue };
    private readonly Option<int> _drain = new("--drain") { Description = "Seconds that peers get to finish after Ctrl-C.", DefaultValueFactory = _ => 30 };

    public ScpCommand(string description)
        : base(description)
    {
        Option[] options = [_host, _port, _backlog, _title, _maxClients, _drain];
        foreach (var option in options)
        {
            Add(option);
        }
    }

    /// <summary>How long the peers may take to finish.</summary>
    public TimeSpan Drain(ParseResult arguments) => TimeSpan.FromSeconds(arguments.GetValue(_drain));

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
    public bool Answer(DicomAssociateRequestEventArgs request, ParseResult arguments, Func<string, bool> supports)
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
        var maximum = arguments.GetValue(_maxClients);
        if (client.Server?.GetClientCount() > maximum)
        {
            Console.WriteLine($"{Words.Peer(client)} {request.Association}: rejected, there are {maximum} clients already");
            request.Reject(
                DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Limit);
            return false;
        }

        var answer = Limit(request.Association.CreateAccept(supports), arguments);
        Console.WriteLine($"{Words.Peer(client)} {request.Association}: accepted");
        return request.Accept(answer).IsSuccess;
    }
}
