using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>Holds associations on which nothing happens, and looks at what they cost the server.</summary>
internal sealed class IdleAssociations(LoadTools tools, ScratchFolder scratch)
{
    // Each end has a descriptor for each association; the rest is for what a runtime opens. Arbitrary.
    private const int SpareDescriptors = 1000;

    // An address has some 50,000 ports for its connections to one port of ours. Arbitrary: more than enough.
    private const int SourceAddresses = 8;

    // More than enough for the figures to be taken; the client is ended then. Arbitrary.
    private const int HoldSeconds = 120;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Measures a new server.</summary>
    /// <param name="program">Which.</param>
    /// <param name="count">How many associations.</param>
    /// <param name="meanwhile">What is done while they are open, after the memory has been looked at.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <exception cref="BenchmarkException">It failed; as it does where no process may open as many files.</exception>
    public async Task<IdleFootprint> MeasureAsync(
        ServerProgram program, int count, Func<RunningServer, Task> meanwhile, CancellationToken cancelled)
    {
        string[] limit = ["prlimit", $"--nofile={count + SpareDescriptors}"];
        await using var server = await RunningServer.StartAsync(program, Placement.TwoCores, scratch, cancelled, limit);
        await WarmUpAsync(server, cancelled);
        var before = await FootprintAsync(program, server, cancelled);

        string[] idle = ["idle", "-n", Text(count), "--hold", Text(HoldSeconds), "--spread", Text(SourceAddresses)];
        await using var client = ChildProcess.Start([.. limit, .. Placement.TwoCores.Place(tools.DgenCommand(server.Port, idle))]);
        await client.ReadLineAsync(Patience, cancelled);
        var after = await FootprintAsync(program, server, cancelled);
        await meanwhile(server);
        return new(count, after.Managed - before.Managed, after.Resident - before.Resident, after.Resident);
    }

    // What the code itself occupies once it has run, and what is pooled, is no cost of an association.
    private async Task WarmUpAsync(RunningServer server, CancellationToken cancelled)
    {
        await tools.LoadAsync(Placement.TwoCores, server.Port, ["assoc", "-n", "8", "-m", "500"], cancelled);
        await tools.LoadAsync(Placement.TwoCores, server.Port, ["echo", "-n", "8", "-m", "500"], cancelled);
    }

    private static async Task<(long? Managed, long Resident)> FootprintAsync(
        ServerProgram program, RunningServer server, CancellationToken cancelled)
    {
        var managed = program.IsManaged ? await server.SettledAsync(cancelled) : (long?)null;
        return (managed, server.Resident());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What idle associations cost a server.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Managed">Live managed bytes for all of them; null of a server that has no such memory.</param>
/// <param name="ResidentMore">Bytes by which the process has grown in physical memory.</param>
/// <param name="Resident">All of its bytes in physical memory.</param>
internal sealed record IdleFootprint(int Count, long? Managed, long ResidentMore, long Resident)
{
    private const double Kibibyte = 1024;

    public double? ManagedKibEach => Managed / Kibibyte / Count;

    public double ResidentKibEach => ResidentMore / Kibibyte / Count;

    public double ResidentMib => Resident / Kibibyte / Kibibyte;
}
