using System.CommandLine;

namespace Dicom.Net.Soak.Faults;

/// <summary><c>kill</c>: the server dies by SIGKILL while it stores; what it had acknowledged is there when it starts again.</summary>
internal static class KillCommand
{
    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "How often.", DefaultValueFactory = _ => 5 };
        var server = new Option<string>("--server") { Description = "Which.", DefaultValueFactory = _ => KillRun.StoreScp };
        server.AcceptOnlyFromAmong(KillRun.StoreScp, KillRun.QueryRetrieveScp);
        var command = new Command("kill", "Kills a server in the midst of storing, again and again, and looks what is left.") { times, server };
        command.SetAction(arguments => new KillRun(arguments.GetRequiredValue(server), arguments.GetValue(times)).RunAsync());
        return command;
    }
}
