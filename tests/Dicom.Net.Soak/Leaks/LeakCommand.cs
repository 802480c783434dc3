using System.CommandLine;
using Dicom.Net.Soak.Peers;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Leaks;

/// <summary>
/// <c>leak</c>: very many connections of each malformed kind; afterwards the server has no more handles, threads or memory than after the
/// first of them (CVE-2022-43272, CVE-2026-50254).
/// </summary>
internal static class LeakCommand
{
    // As many connections at once, arbitrary: fewer than a backlog holds.
    private const int AtOnce = 32;

    // Of its connections, what the server has seen before it is first measured: code is compiled, pools have filled. Arbitrary.
    private const int WarmUpShare = 10;

    // A moment for an answer that is not always given. Arbitrary.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(3);

    public static Command Create()
    {
        var connections = new Option<int>("--connections") { Description = "How many, of all kinds together.", DefaultValueFactory = _ => 100_000 };
        var growth = new Option<int>("--max-growth")
        {
            Description = "How many MiB of resident memory the server may have more in the end than after the first tenth.",
            DefaultValueFactory = _ => 32,
        };
        var command = new Command("leak", "Connections of each malformed kind, and what the server keeps of them.") { connections, growth };
        command.SetAction(arguments => RunAsync(arguments.GetValue(connections), arguments.GetValue(growth)));
        return command;
    }

    private static async Task<int> RunAsync(int connections, int maximumGrowth)
    {
        using var scratch = new ScratchFolder();
        await using var server = await ServerProcess.StartAsync("StoreScp", "--out", scratch.Sub("kept"), "--backlog", "1024");
        var ofEach = Math.Max(WarmUpShare, connections / Malformed.Kinds.Count);
        foreach (var (_, bytes) in Malformed.Kinds)
        {
            await ConnectAsync(server, bytes, ofEach / WarmUpShare);
        }

        var before = await SettledAsync(server);
        Console.WriteLine($"After {ofEach / WarmUpShare} connections of each kind: {before}");
        foreach (var (name, bytes) in Malformed.Kinds)
        {
            await ConnectAsync(server, bytes, ofEach - ofEach / WarmUpShare);
            Console.WriteLine($"{ofEach} of {name}: {ServerFigures.Of(server)}");
        }

        var after = await SettledAsync(server);
        Console.WriteLine($"After {ofEach * Malformed.Kinds.Count} connections: {after}");
        return await JudgeAsync(server, scratch, before, after, maximumGrowth);
    }

    private static async Task<int> JudgeAsync(
        ServerProcess server, ScratchFolder scratch, ServerFigures before, ServerFigures after, int maximumGrowth)
    {
        const long mebibyte = 1024 * 1024;
        using (var good = await RawPeer.AssociatedAsync(server.EndPoint))
        {
            await good.EchoAsync();
            await good.ReleaseAsync();
        }

        var leftovers = Directory.GetFiles(scratch.Sub("kept"), "*", new EnumerationOptions { AttributesToSkip = 0 }).Length;
        // Threads of the pool come and go; a handle or two are the runtime's.
        var isFlat = after.Handles <= before.Handles + 4
            && after.Threads <= before.Threads + 8
            && after.Resident - before.Resident <= maximumGrowth * mebibyte
            && leftovers == 0;
        Console.WriteLine(isFlat ? "Nothing was kept." : $"Something was kept: {leftovers} files, and what is told above.");
        return isFlat && await server.TerminateAsync() == 0 ? 0 : 1;
    }

    private static async Task ConnectAsync(ServerProcess server, byte[] bytes, int count)
    {
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            using var peer = await RawPeer.ConnectAsync(server.EndPoint);
            try
            {
                await peer.SendAsync(bytes);
                await peer.EndsWithinAsync(Moment);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The server was faster.
            }

            peer.Reset();
        });
    }

    // Connections end a moment after their peers.
    private static async Task<ServerFigures> SettledAsync(ServerProcess server)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        return ServerFigures.Of(server);
    }
}
