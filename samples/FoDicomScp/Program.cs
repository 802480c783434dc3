// A service class of fo-dicom's on the listener of Dicom.Net: both families of addresses, TLS, limits and a drain, until Ctrl-C or SIGTERM.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.FoDicom;
using Dicom.Net.Samples;
using Hospital;

var output = new Option<DirectoryInfo>("--out")
{
    Description = "Folder for the instances, each in a file named by its SOP Instance UID.",
    DefaultValueFactory = _ => new DirectoryInfo("received"),
};
var command = new ScpCommand("Listens for associations, and has a service class of fo-dicom's serve them.") { output };

return await command.RunAsync(args, async arguments =>
{
    var termination = Termination.RequestedAsync();
    var folder = arguments.GetRequiredValue(output).FullName;
    DicomFolder.Create(folder);
    Leftovers.Delete(folder);

    var layer = FoDicomPduLayer.For<StorageService>(new() { UserState = folder });
    var options = command.NetOptions(arguments) with { PduLayer = command.Traced(layer, arguments) };
    using var scp = new DicomNet(null, ScpCommand.SecurityOf(options), options);
    if (!command.Listen(scp, arguments))
    {
        return 1;
    }

    await termination;
    await command.DrainAsync(scp, arguments);
    return 0;
});
