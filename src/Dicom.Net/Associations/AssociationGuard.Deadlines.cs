using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>How long the peer may take, and how long both may keep silent.</summary>
/// <remarks>A peer owes only while the hosted code reads. An association is idle while that waits for the next message.</remarks>
internal sealed partial class AssociationGuard
{
    // All under the gate.
    private bool _isWaiting;
    private bool _pduBegun;
    private long _quietSince;

    // Of the message under way: what is left of its time, which runs while the hosted code reads. Null: none has begun, or none is timed.
    private TimeSpan? _messageLeft;
    private long _waitingSince;

    private bool PeerOwesPdu => !_assembler.IsIdle || _machine.State is UpperLayerState.Sta7 or UpperLayerState.Sta10;

    private void OnWaiting()
    {
        lock (_gate)
        {
            _isWaiting = true;
            NoteActivity();
            if (PeerOwesPdu)
            {
                _timer.Start(Deadline.Receive, _options.MessageTimeout);
            }

            if (!_assembler.IsIdle && _options.WholeMessageTimeout != Timeout.InfiniteTimeSpan)
            {
                _messageLeft ??= _options.WholeMessageTimeout;
                _waitingSince = _options.Time.GetTimestamp();
                _timer.Start(Deadline.Message, _messageLeft.Value);
            }
        }
    }

    private void OnPduBegun()
    {
        lock (_gate)
        {
            _isWaiting = false;
            _pduBegun = true;
            _timer.Start(Deadline.Receive, _options.PduTimeout);
        }
    }

    private void OnPduEnded()
    {
        lock (_gate)
        {
            _pduBegun = false;
            _timer.Stop(Deadline.Receive);
            NoteActivity();
            if (_messageLeft is { } left)
            {
                _timer.Stop(Deadline.Message);
                left -= _options.Time.GetElapsedTime(_waitingSince);
                _messageLeft = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    private void OnMessageEnded()
    {
        lock (_gate)
        {
            _messageLeft = null;
        }
    }

    private void NoteActivity() => Volatile.Write(ref _quietSince, _options.Time.GetTimestamp());

    private void StartTimers(UpperLayerTransition transition)
    {
        if (transition.Effects.HasFlag(UpperLayerEffects.StopArtim))
        {
            _timer.Stop(Deadline.Artim);
        }

        if (transition.Effects.HasFlag(UpperLayerEffects.StartArtim))
        {
            _timer.Stop(Deadline.Receive);
            _timer.Stop(Deadline.Message);
            if (transition.Next == UpperLayerState.Sta13)
            {
                // What it may still send is dropped: there is nothing to wait for.
                _hearing.End();
            }

            _timer.Start(Deadline.Artim, _options.ArtimTimeout);
        }
        else if (transition.Effects.HasFlag(UpperLayerEffects.SendReleaseRq) && _isWaiting)
        {
            _timer.Start(Deadline.Receive, _options.MessageTimeout);
        }
        else if (transition.Action == UpperLayerAction.AE7)
        {
            NoteActivity();
            _timer.Start(Deadline.Idle, _options.IdleTimeout);
        }
    }

    private void OnDeadline(Deadline deadline)
    {
        if (deadline is not (Deadline.Message or Deadline.Idle))
        {
            _telemetry.TellTimeout(AssociationDriver.WordOf(deadline));
        }

        switch (deadline)
        {
            case Deadline.Artim:
                OnArtimExpired();
                break;
            case Deadline.Receive:
                OnReceiveDeadline();
                break;
            case Deadline.Message:
                OnMessageDeadline();
                break;
            case Deadline.Idle:
                OnIdleDeadline();
                break;
            default:
                AssociationLog.SendTimedOut(_log, Peer);
                EndAs(AssociationEndKind.SendTimeout, new TimeoutException("The peer did not read what was sent to it in time."));
                CloseForced();
                break;
        }
    }

    private void OnArtimExpired()
    {
        AssociationLog.ArtimExpired(_log, Peer, _machine.State.ToString());
        Step(UpperLayerEvent.Evt18);
    }

    private void OnReceiveDeadline()
    {
        var state = _machine.State;
        var (kind, owed) = LatePeer.OnReceiving(state, _pduBegun);
        AssociationLog.ReceiveTimedOut(_log, Peer, owed, state.ToString());
        BreakOffLate(kind, $"The peer did not {owed} in time.");
    }

    private void OnMessageDeadline()
    {
        _telemetry.TellTimeout(AssociationDriver.WordOf(Deadline.Message));
        AssociationLog.MessageTimedOut(_log, Peer, _options.WholeMessageTimeout);
        BreakOffLate(AssociationEndKind.MessageTimeout, $"The peer did not end a message within {_options.WholeMessageTimeout}.");
    }

    private void BreakOffLate(AssociationEndKind kind, string reason)
    {
        EndAs(kind, new TimeoutException(reason));
        BreakOff(AbortReason.NotSpecified);
    }

    private void OnIdleDeadline()
    {
        lock (_gate)
        {
            var isIdle = _machine.State == UpperLayerState.Sta6 && _isWaiting && _assembler.IsIdle;
            var left = isIdle ? _options.IdleTimeout - _options.Time.GetElapsedTime(_quietSince) : _options.IdleTimeout;
            if (left > TimeSpan.Zero)
            {
                _timer.Start(Deadline.Idle, left);
                return;
            }
        }

        _telemetry.TellTimeout(AssociationDriver.WordOf(Deadline.Idle));
        EndAs(AssociationEndKind.IdleTimeout, new TimeoutException($"Nothing was sent or received for {_options.IdleTimeout}."));
        AssociationLog.IdleTimedOut(_log, Peer, _options.IdleTimeout, _options.AbortsIdle ? "aborted" : "released");
        if (_options.AbortsIdle)
        {
            BreakOff(AbortReason.NotSpecified);
        }
        else
        {
            Say(UpperLayerEvent.Evt11, OutgoingPdu.ReleaseRq());
        }
    }
}
