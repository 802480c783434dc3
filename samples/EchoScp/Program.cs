// An SCP for Verification (PS3.4 Annex A): accepts associations and answers C-ECHO until Ctrl-C or SIGTERM.
using Dicom.Net;
using Dicom.Net.Samples;

var command = new ScpCommand("Listens for associations and answers C-ECHO.");
return await command.RunAsync(args, async arguments =>
{
    var termination = Termination.RequestedAsync();
    var associations = 0;
    var echoes = 0;
    var options = command.NetOptions(arguments);
    using var scp = new DicomNet(path: null, ScpCommand.SecurityOf(options), options);

    // Nobody accepts the connections here, so the listener does: the events of its clients come to it.
    scp.AssociateRequestReceived += (_, request) =>
    {
        if (command.Answer(request, arguments, sopClass => sopClass == DicomUids.Verification))
        {
            Interlocked.Increment(ref associations);
        }
    };
    scp.CEchoRequestReceived += (_, request) =>
    {
        Interlocked.Increment(ref echoes);
        Console.WriteLine($"{Words.Peer(request.Net)} C-ECHO");
        request.Respond(DicomCommandStatusType.Success);
    };
    scp.Closed += (_, closed) =>
    {
        if (closed.Error != DicomExceptionCode.Success)
        {
            Console.WriteLine($"{Words.Peer(closed.Net)} ended: {closed.Error}");
        }
    };

    if (!command.Listen(scp, arguments))
    {
        return 1;
    }

    await termination;
    await command.DrainAsync(scp, arguments);
    Console.WriteLine($"{associations} associations, {echoes} echoes");
    return 0;
});
