namespace Dicom.Net.Associations;

/// <summary>When reading pauses: whatever a peer does, only so much of it waits here.</summary>
internal sealed partial class AssociationDriver
{
    // Under the gate. What is asked for begins when the pump stops (OnPausing): until then it waits for the peer as ever.
    private PauseReasons _pauses;

    [Flags]
    private enum PauseReasons
    {
        None = 0,

        /// <summary>As much waits for the handler as may.</summary>
        Backlog = 1,

        /// <summary>The application is being asked where a data set goes.</summary>
        Decision = 2,

        /// <summary>The peer does not read the answers: it gets no more questions in.</summary>
        Unread = 4,

        /// <summary>The application has not answered enough of what was asked.</summary>
        Unanswered = 8,

        All = Backlog | Decision | Unread | Unanswered,
    }

    private void Indicate(in Indication indication)
    {
        _callbacks.Enqueue(indication);
        if (_callbacks.Count >= _options.MaximumPendingCallbacks)
        {
            PauseReceiving(PauseReasons.Backlog);
            ResumeIfCaughtUp();
        }
    }

    private void PauseReceiving(PauseReasons reason)
    {
        lock (_gate)
        {
            if (_finished)
            {
                // The pump has to see the end of the connection, and nobody would end the pause.
                return;
            }

            _pauses |= reason;
            _pump.Pause();
        }
    }

    bool IPduReceiver.OnPausing(ReceivePump pump)
    {
        lock (_gate)
        {
            if (!pump.TryPause())
            {
                return false;
            }

            LiftReceiveDeadline();
            LiftMessageDeadline();
            return true;
        }
    }

    /// <summary>Asked after each pause and after each call: the last call may end just before the pause that waits for it.</summary>
    private void ResumeIfCaughtUp()
    {
        if (_pauses.HasFlag(PauseReasons.Backlog) && _callbacks.Count < _options.MaximumPendingCallbacks)
        {
            ResumeReceiving(PauseReasons.Backlog);
        }
    }

    private void ResumeReceiving(PauseReasons reasons)
    {
        if (TakeBack(reasons))
        {
            _pump.Start();
        }
    }

    /// <summary>True: nothing pauses the pump any more, and it is the caller who must start it.</summary>
    private bool TakeBack(PauseReasons reasons)
    {
        lock (_gate)
        {
            var paused = (_pauses & reasons) != 0;
            _pauses &= ~reasons;
            return paused && _pauses == PauseReasons.None && _pump.Unpause();
        }
    }

    /// <summary>A peer that asks and asks and does not read the answers must wait, and loses none of them.</summary>
    private void HoldBack()
    {
        if (_handler.IsOverloaded)
        {
            PauseReceiving(PauseReasons.Unanswered);
            GoOnIfAnswered();
        }

        if (!_sending.IsCongested)
        {
            return;
        }

        PauseReceiving(PauseReasons.Unread);
        if (!_sending.IsCongested)
        {
            // Sent just before the pause that waits for it.
            ResumeReceiving(PauseReasons.Unread);
        }
    }

    private void GoOnIfRead() => GoOn(PauseReasons.Unread);

    /// <summary>Asked after each message that was sent: it may have been an answer.</summary>
    private void GoOnIfAnswered()
    {
        if (_pauses.HasFlag(PauseReasons.Unanswered) && !_handler.IsOverloaded)
        {
            GoOn(PauseReasons.Unanswered);
        }
    }

    private void GoOn(PauseReasons reasons)
    {
        if ((_pauses & reasons) != 0 && TakeBack(reasons))
        {
            // Not on this thread: it may be the application's, in the midst of a Send… or a Close, and the pump runs its callbacks.
            ThreadPool.UnsafeQueueUserWorkItem(static pump => pump.Start(), _pump, preferLocal: false);
        }
    }
}
