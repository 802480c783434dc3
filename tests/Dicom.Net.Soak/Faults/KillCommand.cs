using System.CommandLine;

namespace Dicom.Net.Soak.Faults;

/// <summary><c>kill</c>: the server is ended while it stores; what it had acknowledged is there when it starts again.</summary>
internal static class KillCommand
{
    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "How often.", DefaultValueFactory = _ => 5 };
        var server = new Option<string>("--server") { Description = "Which.", DefaultValueFactory = _ => KillRun.StoreScp };
        server.AcceptOnlyFromAmong(KillRun.StoreScp, KillRun.QueryRetrieveScp);
        var gently = new Option<bool>("--gently") { Description = "By SIGTERM: then no part of an instance may be left either." };
        var command = new Command("kill", "Kills a server in the midst of storing, again and again, and looks what is left.")
        {
            times, server, gently,
        };
        command.SetAction(arguments =>
            new KillRun(arguments.GetRequiredValue(server), arguments.GetValue(times), arguments.GetValue(gently)).RunAsync());
        return command;
    }
}
