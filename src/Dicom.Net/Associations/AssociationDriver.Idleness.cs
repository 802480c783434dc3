using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>How long a whole message may take, and how long an association may be without any.</summary>
/// <remarks>Neither costs anything where it has no limit, nor a message that comes whole in one PDU anything for the first.</remarks>
internal sealed partial class AssociationDriver
{
    // Both under the gate.
    private bool _messageIsTimed;
    private long _quietSince;

    private bool IsIdle =>
        _machine.State == UpperLayerState.Sta6 && _assembler.IsIdle && _pauses == PauseReasons.None && _callbacks.Count == 0
        && _sending.IsIdle && !_handler.IsBusy;

    /// <summary>After a PDU that has begun a message and not ended it.</summary>
    private void StartMessageDeadline()
    {
        if (_assembler.IsIdle || _messageIsTimed || _options.WholeMessageTimeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        lock (_gate)
        {
            if (!_pump.IsPaused && !_finished)
            {
                _messageIsTimed = true;
                _timer.Start(Deadline.Message, _options.WholeMessageTimeout);
            }
        }
    }

    /// <summary>The message has ended, or waits for us; then its time begins anew with the next PDU.</summary>
    private void LiftMessageDeadline()
    {
        if (!_messageIsTimed)
        {
            return;
        }

        lock (_gate)
        {
            _messageIsTimed = false;
            _timer.Stop(Deadline.Message);
        }
    }

    private void OnMessageDeadline()
    {
        AssociationLog.MessageTimedOut(_log, Peer, _options.WholeMessageTimeout);
        BreakOffLate(AssociationEndKind.MessageTimeout, $"The peer did not end a message within {_options.WholeMessageTimeout}.");
    }

    private void StartIdleDeadline()
    {
        NoteActivity();
        _timer.Start(Deadline.Idle, _options.IdleTimeout);
    }

    /// <summary>Something has come or gone. The timer stays where it is, and looks at this when it fires.</summary>
    private void NoteActivity()
    {
        if (_options.IdleTimeout != Timeout.InfiniteTimeSpan)
        {
            _quietSince = _options.Time.GetTimestamp();
        }
    }

    /// <remarks>
    /// A request that has come before this is answered: then the association is not idle. One that crosses the A-RELEASE-RQ on its way is told to
    /// the application (AR-6), but Table 9-10 leaves no way to answer it in Sta7: its sender has no acknowledgement, and may ask again on the
    /// next association. Nothing that was acknowledged is lost.
    /// </remarks>
    private void OnIdleDeadline()
    {
        lock (_gate)
        {
            if (_machine.State != UpperLayerState.Sta6 || _finished)
            {
                return;
            }

            var left = IsIdle ? _options.IdleTimeout - _options.Time.GetElapsedTime(_quietSince) : _options.IdleTimeout;
            if (left > TimeSpan.Zero)
            {
                _timer.Start(Deadline.Idle, left);
                return;
            }

            EndAs(AssociationEndKind.IdleTimeout, new TimeoutException($"Nothing was sent or received for {_options.IdleTimeout}."));
            if (!_options.AbortsIdle)
            {
                // In the same breath: whatever comes from now on has crossed it.
                Queue(_machine.Handle(UpperLayerEvent.Evt11), pdu: null, AbortReason.NotSpecified);
            }
        }

        _telemetry.TellTimeout(WordOf(Deadline.Idle));
        AssociationLog.IdleTimedOut(_log, Peer, _options.IdleTimeout, _options.AbortsIdle ? "aborted" : "released");
        if (_options.AbortsIdle)
        {
            BreakOff(AbortReason.NotSpecified);
            _callbacks.DrainElsewhere();
        }
        else
        {
            _sending.Flush();
        }
    }
}
