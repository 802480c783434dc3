using System.CommandLine;

namespace Dicom.Net.Soak.Mixture;

/// <summary><c>mix</c>: good peers alone, then with the rabble, and whether they and the servers noticed.</summary>
internal static class MixCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long, a fifth of it without the bad peers.", DefaultValueFactory = _ => 60 };
        var ratio = new Option<double>("--max-ratio")
        {
            Description = "How many times longer the good peers' p99 may be with the bad ones; 0: any, for a machine that does other work.",
            DefaultValueFactory = _ => 2,
        };
        var pause = new Option<int>("--pause")
        {
            Description = "Milliseconds that a bad peer waits between two deeds: how much of the machine they get.",
            DefaultValueFactory = _ => 20,
        };
        var command = new Command("mix", "A mixture of good and bad peers against StoreScp, plain and with TLS.") { seconds, ratio, pause };
        command.SetAction(arguments =>
            new MixRun(TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(ratio), arguments.GetValue(pause)).RunAsync());
        return command;
    }
}
