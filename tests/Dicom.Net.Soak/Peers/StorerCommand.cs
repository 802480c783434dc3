using System.CommandLine;
using System.Net;
using Dicom.Net.Soak.Instances;

namespace Dicom.Net.Soak.Peers;

/// <summary><c>storer</c>: an SCU that stores at full speed until it is killed. It prints the UID of what it saw acknowledged.</summary>
internal static class StorerCommand
{
    public const string Name = "storer";

    /// <summary>What a line ends with: a line that was cut by the kill does not.</summary>
    public const string Acknowledged = " acknowledged";

    public static Command Create()
    {
        var server = new Argument<string>("server");
        var command = new Command(Name, "Stores until it is killed: a part of network.") { server };
        command.Hidden = true;
        command.SetAction((arguments, _) => RunAsync(IPEndPoint.Parse(arguments.GetRequiredValue(server))));
        return command;
    }

    private static async Task RunAsync(IPEndPoint server)
    {
        using var peer = await LibraryPeer.AssociatedAsync(server);
        while (true)
        {
            var instance = SoakInstance.Next(Random.Shared);
            await peer.StoreAsync(instance);
            Console.WriteLine($"{instance.Uid}{Acknowledged}");
        }
    }
}
