using System.CommandLine;
using Dicom.Net.Soak;
using Dicom.Net.Soak.Cluster;
using Dicom.Net.Soak.Disk;
using Dicom.Net.Soak.Faults;
using Dicom.Net.Soak.Leaks;
using Dicom.Net.Soak.Mixture;
using Dicom.Net.Soak.Network;
using Dicom.Net.Soak.Peers;
using Dicom.Net.Soak.Rabble;
using Dicom.Net.Soak.Servers;

var program = new RootCommand("Drives the sample SCPs with good peers and bad ones, and looks whether anything was lost: see the README beside.")
{
    MixCommand.Create(),
    KillCommand.Create(),
    IdleCommand.Create(),
    LeakCommand.Create(),
    NetworkCommand.Create(),
    DiskCommand.Create(),
    ClusterCommand.Create(),
    RabbleCommand.Create(),
    StorerCommand.Create(),
};

try
{
    return await program.Parse(OwnNamespace.Settle(args)).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is SoakException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
