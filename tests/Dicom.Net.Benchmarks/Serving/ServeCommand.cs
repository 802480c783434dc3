using System.CommandLine;

namespace Dicom.Net.Benchmarks.Serving;

/// <summary>`serve`: our server alone, so that any client can be held against it.</summary>
internal static class ServeCommand
{
    /// <summary>As dsink has it.</summary>
    private const int Backlog = 4096;

    public static Command Create()
    {
        // 11112 is registered for DICOM (PS3.8 §9.1.2).
        var port = new Option<int>("--port") { Description = "The port; 0: the first free one.", DefaultValueFactory = _ => 11112 };
        var discard = new Option<bool>("--discard") { Description = "Hand data sets over and forget them. The default." };
        var stream = new Option<bool>("--stream") { Description = "Have the bytes of data sets written to a stream that drops them." };
        var folder = new Option<DirectoryInfo?>("--out") { Description = "Store data sets as DICOM files in this folder." };
        var handler = new Option<bool>("--handler") { Description = "As --discard, by a handler in place of an event." };
        var noFlush = new Option<bool>("--no-flush") { Description = "Answer before a file is on the disk itself (fsync)." };
        var spool = new Option<DirectoryInfo?>("--spool") { Description = "Where data sets beyond memory go when discarding." };
        var pdu = new Option<uint>("--pdu")
        {
            Description = "The longest PDU that it takes, in bytes.", DefaultValueFactory = _ => MeasuredServer.DefaultPduLength,
        };
        var loopback = new Option<bool>("--loopback") { Description = "Listen on 127.0.0.1 alone, not on all addresses." };

        var command = new Command("serve", "Runs our server until Ctrl-C. The line `memory` from a pipe makes it tell its memory.")
        {
            port, discard, stream, handler, folder, noFlush, spool, pdu, loopback,
        };
        command.Validators.Add(parsed =>
        {
            var ways = new Option[] { discard, stream, handler, folder }.Count(way => parsed.GetResult(way) is { Implicit: false });
            if (ways > 1)
            {
                parsed.AddError("Choose one of --discard, --stream, --handler and --out.");
            }
        });
        command.SetAction(async (parsed, cancelled) =>
        {
            var longest = parsed.GetValue(pdu);
            using var server = parsed.GetValue(folder) is { } target
                ? MeasuredServer.Storing(target.FullName, flushToDisk: !parsed.GetValue(noFlush), longest)
                : parsed.GetValue(stream)
                    ? MeasuredServer.Streaming(longest)
                    : parsed.GetValue(handler) ? MeasuredServer.Handling(longest)
                    : MeasuredServer.Discarding(parsed.GetValue(spool)?.FullName, longest);
            server.Listen(parsed.GetValue(loopback) ? "127.0.0.1" : "*", parsed.GetValue(port), Backlog, IpType.IPv4OrIPv6).ThrowIfFailed();
            await Console.Out.WriteLineAsync($"Listening on port {server.HostPort}");
            MemoryFigures.AnswerOnStandardInput();
            await Task.Delay(Timeout.Infinite, cancelled);
        });
        return command;
    }
}
