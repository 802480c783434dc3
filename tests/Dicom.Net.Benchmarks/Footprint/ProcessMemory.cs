using System.Globalization;
using Dicom.Net.Benchmarks.Servers;
using Dicom.Net.Benchmarks.Serving;

namespace Dicom.Net.Benchmarks.Footprint;

/// <summary>What a running server of ours occupies.</summary>
internal static class ProcessMemory
{
    // Arbitrary: a full collection takes milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What the last operation has left may die a little later: a timer, a continuation. Arbitrary: twice the timers' grain.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Its managed memory, told by itself.</summary>
    public static async Task<MemoryFigures> ManagedAsync(this RunningServer server, CancellationToken cancelled)
    {
        await server.Process.WriteLineAsync(MemoryFigures.Question, cancelled);
        while (true)
        {
            var line = await server.Process.ReadLineAsync(Patience, cancelled);
            if (line.StartsWith('{'))
            {
                return MemoryFigures.Parse(line);
            }
        }
    }

    /// <summary>Its live managed bytes, once a full collection finds no less than the one before: the least of those seen.</summary>
    public static async Task<long> SettledAsync(this RunningServer server, CancellationToken cancelled)
    {
        const int Attempts = 8; // Arbitrary: three are the rule.
        const double Agreement = 0.998; // Arbitrary: less than what a hundred bytes an association make at 10,000.
        var least = (await server.ManagedAsync(cancelled)).Live;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await Task.Delay(Pause, cancelled);
            var live = (await server.ManagedAsync(cancelled)).Live;
            if (live >= least * Agreement)
            {
                return Math.Min(live, least);
            }

            least = live;
        }

        return least;
    }

    /// <summary>The bytes of it that are in physical memory now.</summary>
    public static long Resident(this RunningServer server) => Status(server, "VmRSS:");

    /// <summary>The most that ever were.</summary>
    public static long PeakResident(this RunningServer server) => Status(server, "VmHWM:");

    private static long Status(RunningServer server, string field)
    {
        var line = File.ReadLines($"/proc/{server.Process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        var kibibytes = line[field.Length..].Replace("kB", "", StringComparison.Ordinal);
        return long.Parse(kibibytes, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
