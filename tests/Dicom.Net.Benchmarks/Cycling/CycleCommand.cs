using System.CommandLine;

namespace Dicom.Net.Benchmarks.Cycling;

/// <summary>`cycle`: associations with as many presentation contexts as one likes, against any server.</summary>
internal static class CycleCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port of the server, on 127.0.0.1.", Required = true };
        var contexts = new Option<int>("--contexts") { Description = "Contexts to propose, 1 to 128.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double>("--secs") { Description = "How long to begin associations.", DefaultValueFactory = _ => 1 };
        var warm = new Option<int>("--warm") { Description = "How many to make before the clock starts." };

        var command = new Command("cycle", "Connects, associates and releases, over and over.") { port, contexts, seconds, warm };
        command.SetAction(async (parsed, _) =>
        {
            var cycles = new AssociationCycles(parsed.GetValue(port), parsed.GetValue(contexts));
            var result = cycles.Run(parsed.GetValue(warm), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            await Console.Out.WriteLineAsync(result.ToJson());
        });
        return command;
    }
}
