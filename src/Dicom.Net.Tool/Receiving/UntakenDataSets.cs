using System.Diagnostics.Metrics;

namespace Dicom.Net.Tool.Receiving;

/// <summary>
/// Counts the data sets that the library refuses by itself: those for which the disk has no room, say, come as far as no handler. It tells of
/// them in its metrics alone (docs/metrics.md).
/// </summary>
internal sealed class UntakenDataSets : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private Meter? _meter;
    private long _count;

    public UntakenDataSets()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this) && instrument.Name == "dicom.data_set.refused")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, more, _, _) => Interlocked.Add(ref _count, more));
        _listener.Start();
    }

    public int Count => (int)Interlocked.Read(ref _count);

    /// <summary>Called once by the library, for all connections.</summary>
    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return _meter = new(options);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter?.Dispose();
    }
}
