using System.CommandLine;

namespace Dicom.Net.Benchmarks.Sending;

/// <summary>`send`: our client alone, so that it can be held against any server.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port of the server, on 127.0.0.1.", Required = true };
        var folder = new Option<DirectoryInfo>("--dir") { Description = "The DICOM files to send.", Required = true };
        var count = new Option<int?>("--count") { Description = "How many to send, over and over; each once if left out." };
        var warm = new Option<int>("--warm") { Description = "How many to send before the clock starts." };

        var inMemory = new Option<bool>("--in-memory") { Description = "Read the files before the clock starts, and send from memory." };

        var command = new Command("send", "Sends files with our library, each as soon as the one before has been answered.")
        {
            port, folder, count, warm, inMemory,
        };
        command.SetAction(async (parsed, cancelled) =>
        {
            var files = Directory.GetFiles(parsed.GetRequiredValue(folder).FullName);
            Array.Sort(files, StringComparer.Ordinal);
            using var sender = new FileSender(new(files, parsed.GetValue(inMemory)), parsed.GetValue(warm), parsed.GetValue(count) ?? files.Length);
            var result = await sender.RunAsync(parsed.GetValue(port)).WaitAsync(cancelled);
            await Console.Out.WriteLineAsync(result.ToJson());
        });
        return command;
    }
}
