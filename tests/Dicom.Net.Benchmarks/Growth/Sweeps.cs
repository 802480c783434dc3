using System.Globalization;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>The sweeps that are made, apart from that of idle associations.</summary>
internal static class Sweeps
{
    public const string Reference = "dsink";
    public const string Ours = "Dicom.Net";
    public const string OursStreaming = "Dicom.Net, bytes to a stream";

    private const int Kibibyte = 1024;
    private const int Mebibyte = 1024 * Kibibyte;

    /// <summary>
    /// Eightfold from 2 KiB to 4 GiB; the last but one frame short of that, since a value is shorter than 2³² bytes (PS3.5 §7.1.1).
    /// </summary>
    private static readonly long[] InstanceSizes =
    [
        2 * Kibibyte, 16 * Kibibyte, 128 * Kibibyte, Mebibyte, 8 * Mebibyte, 64 * Mebibyte, 512 * Mebibyte, 8191L * 512 * Kibibyte,
    ];

    public static IReadOnlyList<Sweep> All(Dsink dsink)
    {
        (string, ServerProgram) reference = (Reference, dsink.Discarding);
        (string, ServerProgram) ours = (Ours, OurServers.Discarding);
        return
        [
            new("echo", "C-ECHO on many associations at a time", Associations, Doublings(1, 64), Placement.TwoCores,
                [reference, ours], count => new($"echo -n {count}", WarmUp: Share(20_000, count))),
            new("store", "C-STORE of 512 KiB on many associations at a time", Associations, Doublings(1, 64), Placement.TwoCores,
                [reference, ours], count => new($"store --size 512K -n {count}", WarmUp: Share(500, count))),
            new("contexts", "Associations by presentation contexts", Contexts, Doublings(1, 128), Placement.SameCore,
                [reference, ours], count => new($"--contexts {count}", WarmUp: 1000, ByUs: true))
            {
                Yield = Yield.Time,
                Note = "Connect, associate, release, by a client of our own (dgen proposes seven contexts); all are accepted. The time is "
                    + "that of client and server together.",
            },
            new("pdu", "C-STORE of 8 MiB by length of the PDUs", Length, Doublings(4 * Kibibyte, Mebibyte), Placement.SameCore,
                [(Reference, dsink.DiscardingPdusOf(Mebibyte)), (OursStreaming, OurServers.StreamingPdusOf(Mebibyte))],
                length => new($"store --sop scmf --size 8M --pdu {length}", WarmUp: 8))
            {
                Yield = Yield.Bytes,
                Note = "Both servers announce 1 MiB; the client sends PDUs of the length said.",
            },
            new("instance", "C-STORE by size of the instance", Size, InstanceSizes, Placement.SameCore,
                [reference, ours, (OursStreaming, OurServers.Streaming)],
                size => new($"store --sop scmf --size {size}", WarmUp: Share(64 * Mebibyte, size)))
            {
                Yield = Yield.Bytes,
                Note = "PDU 128 KiB. Handed over whole, a data set of more than 1 MiB is written to a file, here on tmpfs. "
                    + "The last size is 4 GiB less 512 KiB: a value is shorter than 2³² bytes.",
            },
        ];
    }

    private static SweptQuantity Associations { get; } = new("associations", Count);

    private static SweptQuantity Contexts { get; } = new("presentation contexts", Count, IsLogarithmic: false);

    private static SweptQuantity Length { get; } = new("longest PDU", Cells.Size);

    private static SweptQuantity Size { get; } = new("instance", Cells.Size);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static IReadOnlyList<long> Doublings(long first, long last) =>
        [.. Enumerable.Range(0, 64).Select(i => first << i).TakeWhile(value => value <= last)];

    // As much work in all at every step, within reason.
    private static int Share(long work, long step) => (int)Math.Min(work / step, 1000);
}
