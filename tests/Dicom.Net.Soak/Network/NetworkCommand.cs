using System.CommandLine;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Network;

/// <summary><c>network</c>: the cable is pulled out again and again, and peers are far away, or killed.</summary>
internal static class NetworkCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var command = new Command("network", "Cuts and delays between the peers' network and the server's, and peers that are killed.") { seconds };
        command.SetAction(async (arguments, _) =>
            OwnNamespace.Enter() ? await new NetworkRun(TimeSpan.FromSeconds(arguments.GetValue(seconds))).RunAsync() : 0);
        return command;
    }
}
