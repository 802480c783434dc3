using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>How long requests may wait for their responses.</summary>
/// <remarks>One timer for all of them, which is set to the earliest, and left where it is when that one is answered.</remarks>
internal sealed partial class SentRequests
{
    private ITimer? _deadlines;
    private bool _isTimed;

    private TimeSpan Limit => options.ResponseTimeout;

    /// <summary>A request has gone out, or a pending response to it has come, or an instance that it retrieves. Under the lock.</summary>
    private void StartDeadline(SentRequest request)
    {
        if (Limit == Timeout.InfiniteTimeSpan || _isClosed)
        {
            return;
        }

        var time = options.TimeProvider;
        request.Due = time.GetTimestamp() + (long)(Limit.TotalSeconds * time.TimestampFrequency);
        if (!_isTimed)
        {
            Schedule(Limit);
        }
    }

    private void Schedule(TimeSpan wait)
    {
        _isTimed = true;
        if (_deadlines is null)
        {
            using var flow = CallerContext.Leave();
            _deadlines = options.TimeProvider.CreateTimer(
                static self => ((SentRequests)self!).LookForLate(), this, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _deadlines.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookForLate()
    {
        SentRequest? late = null;
        lock (_underWay)
        {
            _isTimed = false;
            if (_isClosed || _underWay.Values.Where(request => request.Due is not null).MinBy(request => request.Due) is not { } earliest)
            {
                return;
            }

            var time = options.TimeProvider;
            var left = time.GetElapsedTime(time.GetTimestamp(), earliest.Due!.Value);
            if (left > TimeSpan.Zero)
            {
                // Timers count in milliseconds: rounding up spares a second, useless firing.
                Schedule(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }
            else if (exchange.Port is { HasUnsent: true } || IsRetrieving(earliest))
            {
                // A large instance is still on its way, there or here, and a peer that stops has a limit of its own.
                StartDeadline(earliest);
            }
            else
            {
                late = earliest;
            }
        }

        if (late is not null)
        {
            GiveUp(late);
        }
    }

    // Pending responses are optional (PS3.4 §C.4.3.3): of a C-GET that goes well there may be nothing to see but its C-STOREs. An event report
    // that this side has not answered yet is none of its business.
    private bool IsRetrieving(SentRequest request) =>
        request.Field == CommandField.CGetRq && (exchange.Port is { IsReceiving: true } || exchange.Open.HasInstances);

    private void GiveUp(SentRequest late)
    {
        var request = late.Field.ToStandardName();
        exchange.Telemetry.TellTimeout("response");
        FacadeLog.ResponseTimedOut(log, peer, request, late.MessageId, Limit);
        exchange.Verdict = new(
            DicomExceptionCode.NetResponseTimeout, $"The {request} with message id {late.MessageId} was not answered within {Limit}.");
        exchange.Port?.Abort(AAbort.ByProvider(AbortReason.NotSpecified));
    }
}
