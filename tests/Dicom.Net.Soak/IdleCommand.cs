using System.CommandLine;
using Dicom.Net.Soak.Mixture;
using Dicom.Net.Soak.Peers;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak;

/// <summary><c>idle</c>: how little a good peer notices of very many that do nothing, and what they cost.</summary>
internal static class IdleCommand
{
    private const string Echo = "C-ECHO";

    // As many connections are opened at once, arbitrary: fewer than a backlog holds.
    private const int AtOnce = 64;

    private static readonly TimeSpan EchoPause = TimeSpan.FromMilliseconds(2);

    public static Command Create()
    {
        var associations = new Option<int>("--associations") { Description = "How many idle associations.", DefaultValueFactory = _ => 10_000 };
        var silent = new Option<int>("--silent")
        {
            Description = "How many connections without one; who is thrown out by ARTIM comes again.",
            DefaultValueFactory = _ => 1_000,
        };
        var seconds = new Option<int>("--seconds") { Description = "How long they are held.", DefaultValueFactory = _ => 45 };
        var command = new Command("idle", "Idle associations and silent connections, while a good peer echoes.") { associations, silent, seconds };
        command.SetAction(arguments => RunAsync(
            arguments.GetValue(associations), arguments.GetValue(silent), TimeSpan.FromSeconds(arguments.GetValue(seconds))));
        return command;
    }

    private static async Task<int> RunAsync(int associations, int silent, TimeSpan time)
    {
        using var scratch = new ScratchFolder();
        await using var server = await ServerProcess.StartAsync("StoreScp", "--out", scratch.Sub("kept"), "--backlog", "1024");
        await EchoAsync(server, new(), TimeSpan.FromSeconds(3));
        var alone = new Latencies();
        await EchoAsync(server, alone, time / 5);
        Console.WriteLine($"Alone:                {ServerFigures.Of(server)}; {Echo}: {alone.Describe(Echo)}");

        var idle = await OpenAsync(associations, () => RawPeer.AssociatedAsync(server.EndPoint));
        Console.WriteLine($"{associations} associations: {ServerFigures.Of(server)}");
        using var end = new CancellationTokenSource();
        var silence = Enumerable.Range(0, silent).Select(_ => Task.Run(() => StaySilentAsync(server, end.Token))).ToArray();
        var crowded = new Latencies();
        await EchoAsync(server, crowded, time);
        Console.WriteLine($"{silent} silent besides: {ServerFigures.Of(server)}; {Echo}: {crowded.Describe(Echo)}");

        await end.CancelAsync();
        await Task.WhenAll(silence);
        var ended = await CountEndedAsync(idle);
        Console.WriteLine($"{ended} of the idle associations were ended by the server.");
        var code = await server.TerminateAsync();
        return ended == 0 && code == 0 ? 0 : 1;
    }

    private static async Task EchoAsync(ServerProcess server, Latencies latencies, TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        using var peer = await RawPeer.AssociatedAsync(server.EndPoint);
        while (!end.IsCancellationRequested)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            await peer.EchoAsync();
            latencies.Add(Echo, System.Diagnostics.Stopwatch.GetElapsedTime(start));
            await Pauses.WaitAsync(EchoPause, end.Token);
        }

        await peer.ReleaseAsync();
    }

    private static async Task<List<RawPeer>> OpenAsync(int count, Func<Task<RawPeer>> open)
    {
        var peers = new List<RawPeer>(count);
        while (peers.Count < count)
        {
            peers.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, count - peers.Count)).Select(_ => open())));
        }

        return peers;
    }

    private static async Task StaySilentAsync(ServerProcess server, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var peer = await RawPeer.ConnectAsync(server.EndPoint);
            while (!end.IsCancellationRequested && !await peer.EndsWithinAsync(TimeSpan.FromSeconds(1)))
            {
            }

            peer.Reset();
        }
    }

    // Who is still associated is answered.
    private static async Task<int> CountEndedAsync(List<RawPeer> peers)
    {
        var ended = 0;
        foreach (var peer in peers)
        {
            try
            {
                await peer.EchoAsync();
                peer.Reset();
            }
            catch (Exception error) when (error is SoakException or System.Net.Sockets.SocketException)
            {
                ended++;
            }
        }

        return ended;
    }
}
