using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Dicom.Net.Diagnostics;

/// <summary>What one DIMSE operation tells of itself. There is one only where somebody listens.</summary>
internal sealed class OperationTelemetry
{
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;
    private readonly Activity? _span;
    private readonly OperationFacts _facts;
    private readonly string? _calling;
    private readonly string? _called;
    private readonly long _begun;
    private bool _ended;

    public OperationTelemetry(
        Histogram<double> duration, TimeProvider time, Activity? span, in OperationFacts facts, string? calling, string? called, long associationId)
    {
        (_duration, _time, _span, _facts, _calling, _called) = (duration, time, span, facts, calling, called);
        _begun = time.GetTimestamp();
        span?.SetTag(TelemetryTag.AssociationId, associationId);
        span?.SetTag(TelemetryTag.Service, facts.Service);
        span?.SetTag(TelemetryTag.PartInOperation, Role);
        span?.SetTag(TelemetryTag.PresentationContextId, (int)facts.ContextId);
        span?.SetTag(TelemetryTag.MessageId, facts.MessageId);
        span?.SetTag(TelemetryTag.SopClass, facts.SopClass);
    }

    private string Role => _facts.IsPerformed ? TelemetryTag.Performer : TelemetryTag.Invoker;

    /// <summary>While the application's code for it runs, its span is the current one.</summary>
    public static Spans.CurrentSpan Enter(OperationTelemetry? operation) => Spans.Enter(operation?._span);

    /// <summary>The final response has gone out, or come. The first end counts.</summary>
    /// <param name="status">The status.</param>
    /// <param name="statusClass">Its class: success, warning, failure, cancel.</param>
    /// <param name="isFailure">Whether the operation has failed.</param>
    public void TellAnswered(ushort status, string statusClass, bool isFailure)
    {
        var shown = string.Create(CultureInfo.InvariantCulture, $"{status:X4}H");
        End(statusClass, shown, isFailure ? shown : null);
    }

    /// <summary>It ended without a response: the association is over, or the request was not sent.</summary>
    public void TellUnanswered() => End("none", null, "unanswered");

    private void End(string statusClass, string? status, string? error)
    {
        if (Interlocked.Exchange(ref _ended, true))
        {
            return;
        }

        if (_duration.Enabled)
        {
            _duration.TryRecord(_time.GetElapsedTime(_begun).TotalSeconds, Tags(statusClass));
        }

        if (_span is null)
        {
            return;
        }

        _span.SetTag(TelemetryTag.StatusClass, statusClass);
        _span.SetTag(TelemetryTag.Status, status);
        if (error is not null)
        {
            _span.SetTag(TelemetryTag.ErrorType, error);
            _span.SetStatus(ActivityStatusCode.Error);
        }

        Spans.Stop(_span);
    }

    private TagList Tags(string statusClass)
    {
        var tags = new TagList
        {
            { TelemetryTag.Service, _facts.Service }, { TelemetryTag.PartInOperation, Role }, { TelemetryTag.StatusClass, statusClass },
        };
        if (_calling is not null)
        {
            tags.Add(TelemetryTag.CallingTitle, _calling);
            tags.Add(TelemetryTag.CalledTitle, _called);
        }

        return tags;
    }
}
