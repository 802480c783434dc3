using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Macro;

/// <summary>A column of the table: a server, in the way of starting it that suits a row.</summary>
/// <param name="Heading">The column's heading.</param>
/// <param name="For">The server for a row; null where it has none, or is not installed.</param>
internal sealed record Contender(string Heading, Func<Row, ServerProgram?> For)
{
    public static Contender Ours { get; } = new("Dicom.Net", row => row.Handling switch
    {
        Handling.Store => OurServers.Storing,
        Handling.Stream => OurServers.Streaming,
        _ => OurServers.Discarding,
    });

    public static Contender OursStreaming { get; } = new(
        "Dicom.Net, bytes to a stream", row => row.Handling == Handling.Discard ? OurServers.Streaming : null);

    private static Contender StorescpPlain { get; } = new("storescp", row => row.Handling == Handling.Store
        ? Storescp.Storing
        : row.IsParallel ? Storescp.DiscardingInParallel : Storescp.Discarding);

    private static Contender StorescpBytes { get; } = new(
        "storescp, bit-preserving", row => row.Handling == Handling.Store ? Storescp.StoringBytes : null);

    private static Contender OrthancStoring { get; } = new("Orthanc", _ => Orthanc.Storing);

    public static Contender Reference(Dsink dsink) =>
        new("dsink", row => row.Handling == Handling.Store ? dsink.Storing : dsink.Discarding);

    /// <summary>Everybody but the reference, in the order of the columns.</summary>
    public static IReadOnlyList<Contender> Rivals { get; } =
    [
        Ours, OursStreaming, .. new[] { StorescpPlain, StorescpBytes, OrthancStoring }.Select(KeptToLoopback),
    ];

    // In the machine's own network a server that cannot be bound to loopback is open to others.
    private static Contender KeptToLoopback(Contender foreign) => foreign with
    {
        For = row => foreign.For(row) is { } server && (server.KeepsToLoopback || NetworkNamespace.IsInside) ? server : null,
    };
}
