using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dicom.Net.Diagnostics;

/// <summary>All instruments, in the manner of the OpenTelemetry semantic conventions: names in dots, units in UCUM, times in seconds.</summary>
/// <remarks>
/// <para>Rule 1: an attribute has few values, and none that a peer may choose freely: a status is told by its class, AE titles only where
/// they are asked for.</para>
/// <para>Rule 2: where nobody listens, an instrument costs the question whether anybody does.</para>
/// <para>Rule 3: what is open or waits is counted when it is asked for, by walking <see cref="Open"/>.</para>
/// <para>docs/metrics.md has them in a table, which a test compares with this.</para>
/// </remarks>
internal sealed class Instruments
{
    // Before what is made with it.
    public static readonly string? Version = typeof(Instruments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion.Split('+')[0];

    private static readonly Instruments Shared = new(new Meter(DicomTelemetry.MeterName, Version));

    private static readonly ConditionalWeakTable<IMeterFactory, Instruments> OfFactories = [];

    // Arbitrary: from a C-ECHO next door to a C-MOVE of a night.
    private static readonly InstrumentAdvice<double> OperationSeconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
    };

    // Arbitrary: from an association for one C-ECHO to one that is kept for a shift.
    private static readonly InstrumentAdvice<double> AssociationSeconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14400, 43200, 86400],
    };

    private Instruments(Meter meter)
    {
        RefusedConnections = meter.CreateCounter<long>(
            "dicom.connection.refused", "{connection}", "Connections closed before an association was asked for, by reason.");
        OpenedAssociations = meter.CreateCounter<long>("dicom.association.opened", "{association}", "Associations that were accepted.");
        RejectedAssociations = meter.CreateCounter<long>("dicom.association.rejected", "{association}", "A-ASSOCIATE-RJ sent or received.");
        AbortedAssociations = meter.CreateCounter<long>("dicom.association.aborted", "{association}", "A-ABORT sent or received.");
        AssociationDuration = meter.CreateHistogram(
            "dicom.association.duration", "s", "How long associations stood.", tags: null, AssociationSeconds);
        OperationDuration = meter.CreateHistogram(
            "dicom.operation.duration", "s", "DIMSE operations, from the request to the final response.", tags: null, OperationSeconds);
        Bytes = meter.CreateCounter<long>("dicom.network.io", "By", "Bytes of whole PDUs.");
        Pdus = meter.CreateCounter<long>("dicom.network.pdus", "{pdu}", "PDUs.");
        Timeouts = meter.CreateCounter<long>("dicom.timeout", "{timeout}", "Time limits that expired.");
        RefusedDataSets = meter.CreateCounter<long>("dicom.data_set.refused", "{data_set}", "Received data sets that were not kept.");
        StandingInstruments.AddTo(meter, Open);
    }

    public OpenConnections Open { get; } = new();

    public Counter<long> RefusedConnections { get; }

    public Counter<long> OpenedAssociations { get; }

    public Counter<long> RejectedAssociations { get; }

    public Counter<long> AbortedAssociations { get; }

    public Histogram<double> AssociationDuration { get; }

    public Histogram<double> OperationDuration { get; }

    public Counter<long> Bytes { get; }

    public Counter<long> Pdus { get; }

    public Counter<long> Timeouts { get; }

    public Counter<long> RefusedDataSets { get; }

    /// <summary>The process's own, or those that a factory's meter has.</summary>
    public static Instruments Of(IMeterFactory? factory) => factory is null
        ? Shared
        : OfFactories.GetValue(factory, static factory => new(factory.Create(new(DicomTelemetry.MeterName) { Version = Version })));

    /// <summary>A connection was closed before it came to an association.</summary>
    public void TellRefused(string reason) => RefusedConnections.TryAdd(1, [new(TelemetryTag.Reason, reason)]);

    /// <summary>A time limit of this side has expired.</summary>
    public void TellTimeout(string kind) => Timeouts.TryAdd(1, [new(TelemetryTag.TimeoutKind, kind)]);

    /// <summary>A data set could not be kept, or is longer than it may be.</summary>
    public void TellDataSetRefused(string reason) => RefusedDataSets.TryAdd(1, [new(TelemetryTag.Reason, reason)]);
}
