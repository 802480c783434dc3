using System.CommandLine;
using Dicom.Net.Soak.Faults;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Disk;

/// <summary><c>disk</c>: a small disk is full again and again, and becomes larger each time.</summary>
internal static class DiskCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var server = new Option<string>("--server") { Description = "Which.", DefaultValueFactory = _ => KillRun.StoreScp };
        server.AcceptOnlyFromAmong(KillRun.StoreScp, KillRun.QueryRetrieveScp);
        var command = new Command("disk", "A disk, in memory, that is full again and again.") { seconds, server };
        command.SetAction(async (arguments, _) => OwnNamespace.Enter()
            ? await new DiskRun(arguments.GetRequiredValue(server), TimeSpan.FromSeconds(arguments.GetValue(seconds))).RunAsync()
            : 0);
        return command;
    }
}
