using System.CommandLine;
using System.Net;

namespace Dicom.Net.Soak.Rabble;

/// <summary><c>rabble</c>: the bad peers' process, until it is killed. It prints how much it has done, each second.</summary>
internal static class RabbleCommand
{
    public const string Name = "rabble";

    public static Command Create()
    {
        var plain = new Option<int>("--plain") { Required = true };
        var secure = new Option<int>("--secure") { Required = true };
        var pause = new Option<int>("--pause") { Required = true };
        var command = new Command(Name, "Bad peers, until they are killed: a part of mix.") { plain, secure, pause };
        command.Hidden = true;
        command.SetAction((arguments, cancelled) => RunAsync(
            new(IPAddress.Loopback, arguments.GetValue(plain)),
            new(IPAddress.Loopback, arguments.GetValue(secure)),
            TimeSpan.FromMilliseconds(arguments.GetValue(pause)),
            cancelled));
        return command;
    }

    private static async Task RunAsync(IPEndPoint plain, IPEndPoint secure, TimeSpan pause, CancellationToken cancelled)
    {
        var crowd = new Crowd(pause, cancelled);

        // How many of each: as many as hold the server's attention without taking the whole machine. Arbitrary.
        crowd.Add(100, plain, Silent.ConnectAsync);
        crowd.Add(50, secure, Silent.ConnectAsync);
        crowd.Add(20, plain, Silent.AssociateAsync);
        crowd.Add(10, plain, Slow.AssociateAsync);
        crowd.Add(10, plain, Slow.StoreAsync);
        crowd.Add(2, plain, Killers.CutAsync);
        crowd.Add(2, plain, Killers.ResetAsync);
        crowd.Add(1, plain, Killers.LeaveBeforeTheAnswerAsync);
        crowd.Add(2, plain, Killers.DoNotReadAsync);
        crowd.Add(2, plain, Garbage.NoiseAsync);
        crowd.Add(1, secure, Garbage.NoiseAsync);
        crowd.Add(1, plain, Garbage.HttpAsync);
        crowd.Add(1, secure, Garbage.HttpAsync);
        crowd.Add(1, plain, Garbage.TlsAsync);
        crowd.Add(2, secure, Garbage.TlsAsync);
        crowd.Add(1, secure, Garbage.PlainDicomAsync);
        crowd.Add(2, plain, Garbage.SpoiledAsync);
        while (!cancelled.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancelled);
            Console.WriteLine(crowd.Deeds);
        }
    }
}
