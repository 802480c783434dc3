using System.Net;
using System.Net.Sockets;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Peers;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Faults;

/// <summary>One run of <c>kill</c>.</summary>
internal sealed class KillRun(string name, int times, bool gently)
{
    public const string StoreScp = "StoreScp", QueryRetrieveScp = "QueryRetrieveScp";

    private const int Storers = 4; // of either kind, raw and the library's; arbitrary

    private readonly Ledger _ledger = new();
    private int _leftBehind;

    /// <summary>Runs it and tells what it has found.</summary>
    /// <returns>The exit code: 0 if nothing was lost.</returns>
    public async Task<int> RunAsync()
    {
        using var scratch = new ScratchFolder();
        var folder = scratch.Sub("kept");
        var faults = new List<string>();
        for (var round = 1; round <= times && faults.Count == 0; round++)
        {
            await using (var server = await StartAsync(folder))
            {
                await KillMidwayAsync(server);
            }

            // Each round starts it again on what the last one has left; the last is looked at in the same way.
            await using var restarted = await StartAsync(folder);
            faults.AddRange(await CheckAsync(restarted, folder));
        }

        var unfinished = Directory.GetFiles(folder, "*.part", new EnumerationOptions { AttributesToSkip = 0 }).Length;
        if (gently && unfinished > _leftBehind)
        {
            faults.Add($"{unfinished} unfinished files are left of {_leftBehind} clients that the server did not wait for");
        }

        faults.ForEach(fault => Console.WriteLine($"FAULT: {fault}"));
        Console.WriteLine($"{name} {(gently ? "terminated" : "killed")} {times} times: {_ledger.Count} instances acknowledged, {faults.Count} faults, "
            + $"{unfinished} unfinished files, {_leftBehind} clients not waited for.");
        return faults.Count == 0 ? 0 : 1;
    }

    private Task<ServerProcess> StartAsync(string folder) =>
        ServerProcess.StartAsync(name, name == StoreScp ? "--out" : "--archive", folder);

    private async Task KillMidwayAsync(ServerProcess server)
    {
        var before = _ledger.Count;
        var storers = Enumerable.Range(0, Storers).Select(i => Task.Run(() => StoreAsync(server.EndPoint, i % 2 == 0))).ToArray();
        while (_ledger.Count < before + Storers && !server.HasExited)
        {
            await Task.Delay(1);
        }

        // Anywhere in what they do from then on.
        await Task.Delay(Random.Shared.Next(500));
        if (gently)
        {
            // After its drain time it aborts who still stores.
            await server.TerminateAsync();
            _leftBehind += server.LeftBehind;
        }
        else
        {
            await server.KillAsync();
        }

        await Task.WhenAll(storers);
    }

    /// <summary>Stores at full speed until the server is no more.</summary>
    private async Task StoreAsync(IPEndPoint server, bool isRaw)
    {
        try
        {
            using var peer = isRaw ? (IDisposable)await RawPeer.AssociatedAsync(server) : await LibraryPeer.AssociatedAsync(server);
            while (true)
            {
                var instance = SoakInstance.Next(Random.Shared);
                await (peer is RawPeer raw ? raw.StoreAsync(instance) : ((LibraryPeer)peer).StoreAsync(instance));
                _ledger.Add(instance);
            }
        }
        catch (Exception error) when (error is SocketException or SoakException or DicomException)
        {
            // Killed.
        }
    }

    private async Task<List<string>> CheckAsync(ServerProcess restarted, string folder)
    {
        var (_, faults) = KeptInstances.Check(folder, _ledger.Acknowledged, mayBePartial: !gently || _leftBehind > 0);
        if (name == QueryRetrieveScp)
        {
            using var peer = await LibraryPeer.AssociatedAsync(restarted.EndPoint, abstractSyntax: DicomUids.StudyRootFind);
            var indexed = await peer.FindAllAsync();
            await peer.ReleaseAsync();
            faults.AddRange(_ledger.Acknowledged.Where(uid => !indexed.Contains(uid)).Select(uid => $"{uid} was acknowledged, and is not found"));
            faults.AddRange(indexed
                .Where(uid => !File.Exists(Path.Combine(folder, SoakInstance.Study, $"{uid}.dcm")))
                .Select(uid => $"{uid} is found, and has no file"));
        }

        return faults;
    }
}
