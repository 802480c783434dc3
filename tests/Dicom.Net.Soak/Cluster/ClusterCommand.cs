using System.CommandLine;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Cluster;

/// <summary><c>cluster</c>: nodes of one archive behind HAProxy, of which one after the other is drained or killed.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "How many: 1 to 3.", DefaultValueFactory = _ => 3 };
        var associations = new Option<int>("--associations") { Description = "How many at a time.", DefaultValueFactory = _ => 50 };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How often each node is drained and started again, and one is killed; 0: nothing happens to them.",
            DefaultValueFactory = _ => 1,
        };
        var seconds = new Option<int>("--seconds") { Description = "How long to load them with --rounds 0.", DefaultValueFactory = _ => 30 };
        var command = new Command("cluster", "Stores through HAProxy into several nodes, which end and start again, and looks whether all is there.")
        {
            nodes, associations, rounds, seconds,
        };
        command.SetAction(async arguments => OwnNamespace.Enter()
            ? await new ClusterRun(arguments.GetValue(nodes), arguments.GetValue(associations)).RunAsync(
                arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds)))
            : 0);
        return command;
    }
}
