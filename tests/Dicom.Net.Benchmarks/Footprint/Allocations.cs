using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>Managed bytes that our server allocates for an operation, and for a PDU.</summary>
internal sealed class Allocations(LoadTools tools, ScratchFolder scratch)
{
    private const int PduLength = 16 * 1024;
    private const int Mebibyte = 1024 * 1024;

    public async Task<MarkdownTable> MeasureAsync(CancellationToken cancelled)
    {
        var table = new MarkdownTable("allocated", "bytes", "to reach", "reached");
        await using (var discarding = await StartAsync(OurServers.Discarding, cancelled))
        {
            var echo = await PerOperationAsync(discarding, "echo", 20_000, cancelled);
            var small = await PerOperationAsync(discarding, "store --size 2K", 20_000, cancelled);
            var large = await PerOperationAsync(discarding, "store --size 512K", 2_000, cancelled);
            AddRow(table, "per C-ECHO", echo, 1024);
            AddRow(table, "per C-STORE of 2 KiB, discarded", small, 2048);
            AddRow(table, "per C-STORE of 512 KiB, discarded", large, 2048);
        }

        await using (var handling = await StartAsync(OurServers.Handling, cancelled))
        {
            var small = await PerOperationAsync(handling, "store --size 2K", 20_000, cancelled);
            AddRow(table, "per C-STORE of 2 KiB, by a handler", small, 2048);
        }

        await using (var storing = await StartAsync(OurServers.Storing, cancelled))
        {
            var small = await PerOperationAsync(storing, "store --size 2K", 5_000, cancelled);
            AddRow(table, "per C-STORE of 2 KiB, into a file", small, 2048);
            storing.RemoveFiles();
            AddRow(table, "per P-DATA-TF, into a file", await PerPduAsync(storing, cancelled), 0);
        }

        await using (var streaming = await StartAsync(OurServers.Streaming, cancelled))
        {
            AddRow(table, "per P-DATA-TF, to a stream", await PerPduAsync(streaming, cancelled), 0);
        }

        return table;
    }

    private Task<RunningServer> StartAsync(ServerProgram program, CancellationToken cancelled) =>
        RunningServer.StartAsync(program, Placement.TwoCores, scratch, cancelled);

    private Task<double> PerOperationAsync(RunningServer server, string dgen, int count, CancellationToken cancelled) =>
        SettledAsync(dgen, async () => await AllocatedAsync(server, dgen, count, cancelled) / (double)count);

    // Long against short instances, as many of each: what is left over is that of the PDUs by which the long are longer.
    private Task<double> PerPduAsync(RunningServer server, CancellationToken cancelled)
    {
        const int Count = 4;
        const int LongMib = 128;
        const int ShortMib = 16;
        var pdus = Count * (LongMib - ShortMib) * (double)Mebibyte / PduLength;
        return SettledAsync(StoreOf(LongMib), async () =>
        {
            var ofShort = await AllocatedAsync(server, StoreOf(ShortMib), Count, cancelled);
            var ofLong = await AllocatedAsync(server, StoreOf(LongMib), Count, cancelled);
            return Math.Max(0, ofLong - ofShort) / pdus;
        });
    }

    // The runtime compiles hot code anew, and better, while it runs; then the same work allocates the same again and again.
    private static async Task<double> SettledAsync(string work, Func<Task<double>> measure)
    {
        const int Attempts = 8; // Arbitrary: four are the rule.
        const double Agreement = 0.01; // Arbitrary.
        var (before, last) = (await measure(), await measure());
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            (before, last) = (last, await measure());
            if (Math.Abs(last - before) <= Math.Max(1, Agreement * last))
            {
                return (before + last) / 2;
            }
        }

        await Console.Error.WriteLineAsync($"{work}: what it allocates has not settled; the last figures are {before:N1} and {last:N1}.");
        return last;
    }

    private static string StoreOf(int mebibytes) => $"store --sop scmf --size {mebibytes}M --pdu {PduLength}";

    private async Task<long> AllocatedAsync(RunningServer server, string dgen, int count, CancellationToken cancelled)
    {
        var before = await server.ManagedAsync(cancelled);
        string[] load = [.. dgen.Split(' '), "-m", count.ToString(CultureInfo.InvariantCulture)];
        await tools.LoadAsync(Placement.TwoCores, server.Port, load, cancelled);
        return (await server.ManagedAsync(cancelled)).Allocated - before.Allocated;
    }

    // A target of 0 is reached below half a byte: an association's own allocations are spread over its PDUs, too.
    private static void AddRow(MarkdownTable table, string what, double bytes, int target) => table.Add(
        what,
        bytes.ToString("N1", CultureInfo.InvariantCulture),
        target == 0 ? "none" : $"≤ {target / 1024} KiB",
        bytes <= target + 0.5 ? "yes" : "no");
}
