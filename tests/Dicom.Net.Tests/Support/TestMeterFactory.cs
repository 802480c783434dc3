using System.Diagnostics.Metrics;

namespace Dicom.Net.Tests.Support;

/// <summary>Makes meters of its own, so that a test sees its own measurements only; and keeps what they measure.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private readonly List<Measured> _measured = [];

    public TestMeterFactory()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                lock (_measured)
                {
                    Instruments.Add(instrument);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All that were made.</summary>
    public List<Instrument> Instruments { get; } = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>The sum of what an instrument has measured.</summary>
    /// <param name="instrument">Its name.</param>
    /// <param name="tags">Attributes that count, as name=value; others may be there too.</param>
    public double Sum(string instrument, params string[] tags) => Of(instrument, tags).Sum(measured => measured.Value);

    /// <summary>How often an instrument has measured.</summary>
    public int Count(string instrument, params string[] tags) => Of(instrument, tags).Count;

    /// <summary>What an instrument tells that is asked: now.</summary>
    public double Now(string instrument, params string[] tags)
    {
        lock (_measured)
        {
            _measured.RemoveAll(measured => measured.IsObserved);
        }

        _listener.RecordObservableInstruments();
        return Sum(instrument, tags);
    }

    public List<Measured> Of(string instrument, params string[] tags)
    {
        lock (_measured)
        {
            return [.. _measured.Where(measured => measured.Instrument == instrument && tags.All(measured.Tags.Contains))];
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> shown = [];
        foreach (var (name, said) in tags)
        {
            shown.Add($"{name}={said}");
        }

        lock (_measured)
        {
            _measured.Add(new(instrument.Name, value, shown, instrument.IsObservable));
        }
    }

    /// <summary>One measurement; its attributes as name=value.</summary>
    public sealed record Measured(string Instrument, double Value, IReadOnlyList<string> Tags, bool IsObserved);
}
