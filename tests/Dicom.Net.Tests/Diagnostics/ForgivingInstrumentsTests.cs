using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dicom.Net.Tests.Scu;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>Listeners of metrics and spans that throw, whatever they are told: everything goes on as it would.</summary>
public sealed class ForgivingInstrumentsTests
{
    private int _asked;

    [Fact]
    public async Task Association_WithAListenerOfMetricsThatThrows_IsServed()
    {
        using var meters = new TestMeterFactory();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        listener.Start();

        await BeServedAsync(new() { MeterFactory = meters });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Association_WithAListenerOfSpansThatThrows_IsServed(bool atTheBeginning)
    {
        // The listener hears of other tests, too, and leaves them alone.
        using var work = new Activity("work").Start();
        using var listener = new ActivityListener();
        listener.ShouldListenTo = source => source.Name == DicomTelemetry.ActivitySourceName;
        listener.Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == work.TraceId
            ? ActivitySamplingResult.AllData
            : ActivitySamplingResult.None;
        listener.ActivityStarted = span => ThrowIf(atTheBeginning && span.TraceId == work.TraceId);
        listener.ActivityStopped = span => ThrowIf(!atTheBeginning && span.TraceId == work.TraceId);
        ActivitySource.AddActivityListener(listener);

        await BeServedAsync(new());
        Assert.Same(work, Activity.Current);
    }

    private async Task BeServedAsync(DicomNetOptions options)
    {
        using var scp = TestScp.AcceptingAll(options);
        await using (var association = await TestAssociation.OpenAsync(
            scp, TestAssociation.Request(DicomUids.Verification), new() { Network = options }))
        {
            await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();
        }

        await Eventually.True(() => scp.GetClientCount() == 0);
        Assert.True(Volatile.Read(ref _asked) > 0);
    }

    private void ThrowIf(bool isAsked)
    {
        if (isAsked)
        {
            Throw();
        }
    }

    private void Throw()
    {
        Interlocked.Increment(ref _asked);
        throw new IOException("The test's.");
    }
}
