// An SCP for the modality worklist (PS3.4 Annex K) and for modality performed procedure steps (PS3.4 §F.7), until Ctrl-C or SIGTERM.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

var worklist = new Option<DirectoryInfo>("--worklist")
{
    Description = "Folder with a file for each entry: DICOM JSON (.json) or DICOM (.dcm, .wl). What is changed there is seen at once.",
    DefaultValueFactory = _ => new DirectoryInfo("worklist"),
};
var performed = new Option<DirectoryInfo>("--performed")
{
    Description = "Folder for the procedure steps that modalities report, each in a file named by its UID.",
    DefaultValueFactory = _ => new DirectoryInfo("performed"),
};
var command = new ScpCommand("Tells modalities what is scheduled, and notes what they have performed.") { worklist, performed };

return await command.RunAsync(args, async arguments =>
{
    var termination = Termination.RequestedAsync();
    var entries = new WorklistFolder(arguments.GetRequiredValue(worklist));
    Console.WriteLine($"{entries.Entries().Count} entries");
    var services = new Services(entries, new PerformedProcedureSteps(arguments.GetRequiredValue(performed)));
    var options = command.NetOptions(arguments) with { Handlers = new DicomHandlers().Add(services) };
    using var scp = new DicomNet(path: null, ScpCommand.SecurityOf(options), options);
    scp.AssociateRequestReceived += (_, request) => command.Answer(request, arguments, Services.Supported);
    if (!command.Listen(scp, arguments))
    {
        return 1;
    }

    await termination;
    await command.DrainAsync(scp, arguments);
    return 0;
});
