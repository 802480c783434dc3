using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dicom.Net.Tests.Support;

/// <summary>Keeps the library's spans. Those of other tests come along: they are told apart by the association's number, or by the trace.</summary>
internal sealed class ActivityRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public ActivityRecorder()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == DicomTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Those of one connection that have ended, in the order of their ends.</summary>
    public List<Activity> Of(long associationID) =>
        [.. _ended.Where(span => Equals(span.GetTagItem("dicom.association.id"), associationID))];

    /// <summary>Those of one trace that have ended, in the order of their ends.</summary>
    public List<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    public void Dispose() => _listener.Dispose();
}
