// An SCU for C-MOVE (PS3.4 §C.4.2): a peer is to send instances to an AE title, which may be ours. Exit code 0: all were sent.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

var query = new QueryCommand(DicomUids.PatientRootMove, DicomUids.StudyRootMove);
var destination = new Option<string?>("--destination")
{
    Description = "The AE title to send to; the peer has to know it, and where it is. Default: this side's.",
};
var receive = new Option<int?>("--receive")
{
    Description = "Listen on this port meanwhile, and keep what comes; 0: the first free one.",
    CustomParser = result => WholeNumber.Port(result),
};
var output = new Option<DirectoryInfo>("--out")
{
    Description = "With --receive: the folder for the instances.",
    DefaultValueFactory = _ => new DirectoryInfo("received"),
};
var command = query.AddTo(new ScuCommand("Has a peer send instances to an AE title.") { destination, receive, output });

return await command.RunAsync(args, async arguments =>
{
    using var receiver = arguments.GetValue(receive) is { } port ? Listen(port, arguments) : null;
    using var identifier = query.Identifier(arguments);
    var model = query.Model(arguments);
    var request = command.Request(arguments).With(model);
    await using var association = await command.OpenAsync(request, arguments);
    var title = arguments.GetValue(destination) ?? request.Calling;
    var response = await association.MoveAsync(model, title, identifier, new RetrieveReport());
    RetrieveReport.Tell(response);
    await association.ReleaseAsync();
    return response.Status.IsSuccess() ? 0 : 1;
});

// An SCP for Storage beside the SCU: what is asked for on one association comes on another one.
DicomNet Listen(int port, ParseResult arguments)
{
    var folder = new InstanceFolder(arguments.GetRequiredValue(output));
    Leftovers.Delete(folder.Path);
    var options = command.NetOptions(arguments) with { MemoryThreshold = 0 };
    var scp = new DicomNet(folder.Path, ScuCommand.SecurityOf(options), options);
    scp.AssociateRequestReceived += (_, request) => request.Accept(request.Association.CreateAccept(StorageSopClasses.Contain));
    new InstanceReceiver(folder).Serve(scp);
    scp.Listen("*", port, maxNumberOfPeers: 8, command.Ip(arguments)).ThrowIfFailed();
    Console.WriteLine($"Receiving on port {scp.HostPort}");
    return scp;
}
