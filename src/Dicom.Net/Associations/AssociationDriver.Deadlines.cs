using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>How long the peer may take.</summary>
/// <remarks>
/// The deadline for receiving runs only while the peer owes something and we listen: it is lifted by each PDU and by each pause that begins, and
/// set again when the pump has to wait. In Sta13, ARTIM does its work. No limit passes over bytes that came in time and were not yet looked at
/// (<see cref="Transport.PeerHearing"/>): what this side has to blame itself for is not the peer's fault.
/// </remarks>
internal sealed partial class AssociationDriver
{
    // All under the gate.
    private bool _deadlineRuns;
    private bool _pduBegun;

    /// <summary>Whether the next PDU is the peer's debt: an A-ASSOCIATE-AC or -RJ, an A-RELEASE-RP, or the rest of a message.</summary>
    private bool PeerOwesPdu => _machine.State switch
    {
        UpperLayerState.Sta5 or UpperLayerState.Sta7 or UpperLayerState.Sta10 or UpperLayerState.Sta11 => true,
        UpperLayerState.Sta6 => !_assembler.IsIdle,
        _ => false,
    };

    void IPduReceiver.OnWaiting(bool partialPdu)
    {
        lock (_gate)
        {
            if (_machine.State == UpperLayerState.Sta13)
            {
                return;
            }

            if (partialPdu && !_pduBegun)
            {
                // Timed from its first byte: more bytes do not buy more time.
                _pduBegun = true;
                StartReceiveDeadline(_options.PduTimeout);
            }
            else if (!partialPdu && PeerOwesPdu)
            {
                StartReceiveDeadline(_options.MessageTimeout);
            }
            else if (!partialPdu)
            {
                NoteActivity();
            }
        }
    }

    private void StartReceiveDeadline(TimeSpan limit)
    {
        _deadlineRuns = true;
        _timer.Start(Deadline.Receive, limit);
    }

    private void LiftReceiveDeadline()
    {
        lock (_gate)
        {
            _pduBegun = false;
            if (_deadlineRuns)
            {
                _deadlineRuns = false;
                _timer.Stop(Deadline.Receive);
            }
        }
    }

    /// <summary>The timers of a transition, under the gate: what we have just asked for is owed, what we end is timed by ARTIM.</summary>
    private void StartTimers(UpperLayerTransition transition)
    {
        const UpperLayerEffects Asking =
            UpperLayerEffects.SendAssociateRq | UpperLayerEffects.SendReleaseRq | UpperLayerEffects.SendReleaseRp;
        if (transition.Effects.HasFlag(UpperLayerEffects.StartArtim))
        {
            if (transition.Next == UpperLayerState.Sta13)
            {
                // What it may still send is dropped: there is nothing to wait for.
                _hearing.End();
            }

            _timer.Stop(Deadline.Receive);
            _timer.Start(Deadline.Artim, _options.ArtimTimeout);
        }
        else if ((transition.Effects & Asking) != 0 && !_pduBegun && !_pump.IsPaused)
        {
            // The standard sets no timer here; a hospital's night shift does.
            StartReceiveDeadline(_options.MessageTimeout);
        }
        else if (transition.Action is UpperLayerAction.AE3 or UpperLayerAction.AE7)
        {
            StartIdleDeadline();
        }
    }

    private void OnDeadline(Deadline deadline)
    {
        if (deadline != Deadline.Idle)
        {
            // Where it is idle is only looked at when that one fires.
            _telemetry.TellTimeout(WordOf(deadline));
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
                OnSendDeadline();
                break;
        }
    }

    private void OnArtimExpired()
    {
        var state = _machine.State;
        AssociationLog.ArtimExpired(_log, Peer, state.ToString());

        // With its reason, which counts only if nothing has come in the meantime: in other states this is no event (PS3.8 Table 9-10).
        Step(UpperLayerEvent.Evt18, LatePeer.AtArtim(state));
    }

    private void OnReceiveDeadline()
    {
        var state = _machine.State;
        var (kind, owed) = LatePeer.OnReceiving(state, _pduBegun);
        AssociationLog.ReceiveTimedOut(_log, Peer, owed, state.ToString());
        BreakOffLate(kind, $"The peer did not {owed} in time.");
    }

    /// <summary>Not the standard's timer, so not its Evt18: to the protocol, what never ends is invalid.</summary>
    private void BreakOffLate(AssociationEndKind kind, string reason)
    {
        EndAs(kind, new TimeoutException(reason));
        BreakOff(AbortReason.NotSpecified);
        _callbacks.DrainElsewhere();
    }

    private void OnSendDeadline()
    {
        AssociationLog.SendTimedOut(_log, Peer);
        EndAs(AssociationEndKind.SendTimeout, new TimeoutException("The peer did not read what was sent to it in time."));
        CloseForced();
    }
}
