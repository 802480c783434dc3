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

    // Between two looks at what still ends. Arbitrary.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    // The server's own limits, and the threads that a busy machine has made its pool start: idle ones live for 20 seconds. Arbitrary: more.
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(90);

    private static readonly EnumerationOptions AllFiles = new() { AttributesToSkip = 0 };

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

        var before = await SteadyAsync(server);
        Console.WriteLine($"After {ofEach / WarmUpShare} connections of each kind: {before}");
        foreach (var (name, bytes) in Malformed.Kinds)
        {
            await ConnectAsync(server, bytes, ofEach - ofEach / WarmUpShare);
            Console.WriteLine($"{ofEach} of {name}: {ServerFigures.Of(server)}");
        }

        var allowed = before with { Resident = before.Resident + ((long)maximumGrowth << 20) };
        var (after, leftovers) = await RecoveredAsync(server, scratch.Sub("kept"), allowed);
        Console.WriteLine($"After {ofEach * Malformed.Kinds.Count} connections: {after}");
        return await JudgeAsync(server, leftovers, IsWithin(after, allowed));
    }

    private static async Task<int> JudgeAsync(ServerProcess server, int leftovers, bool isWithin)
    {
        using (var good = await RawPeer.AssociatedAsync(server.EndPoint))
        {
            await good.EchoAsync();
            await good.ReleaseAsync();
        }

        var isFlat = isWithin && leftovers == 0;
        Console.WriteLine(isFlat ? "Nothing was kept." : $"Something was kept: {leftovers} files, and what is told above.");
        return isFlat && await server.TerminateAsync() == 0 ? 0 : 1;
    }

    // Threads of the pool come and go; a handle or two are the runtime's.
    private static bool IsWithin(ServerFigures after, ServerFigures allowed) =>
        after.Handles <= allowed.Handles + 4 && after.Threads <= allowed.Threads + 8 && after.Resident <= allowed.Resident;

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

    /// <summary>Connections end a moment after their peers: waits until there are as many handles and threads as a moment before.</summary>
    private static async Task<ServerFigures> SteadyAsync(ServerProcess server)
    {
        using var late = new CancellationTokenSource(RecoveryTime);
        var figures = ServerFigures.Of(server);
        for (var isSteady = false; !isSteady && !late.IsCancellationRequested;)
        {
            await Task.Delay(Pause, CancellationToken.None);
            var earlier = figures;
            figures = ServerFigures.Of(server);
            isSteady = (figures.Handles, figures.Threads) == (earlier.Handles, earlier.Threads);
        }

        return figures;
    }

    /// <summary>Waits until the server has no more than is allowed; what it keeps for good is still there in the end.</summary>
    private static async Task<(ServerFigures Figures, int Files)> RecoveredAsync(ServerProcess server, string folder, ServerFigures allowed)
    {
        using var late = new CancellationTokenSource(RecoveryTime);
        while (true)
        {
            var (figures, files) = (ServerFigures.Of(server), Directory.GetFiles(folder, "*", AllFiles).Length);
            if ((files == 0 && IsWithin(figures, allowed)) || late.IsCancellationRequested)
            {
                return (figures, files);
            }

            await Pauses.WaitAsync(Pause, late.Token);
        }
    }
}
