using Dicom.Net.Diagnostics;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>The end of the connection, whoever has brought it about: told once, and last.</summary>
internal sealed partial class AssociationDriver
{
    private bool _ended;

    void IPduReceiver.OnEnd(Exception? error, bool midPdu)
    {
        if (!_finished)
        {
            if (_machine.State == UpperLayerState.Sta1)
            {
                EndAs(AssociationEndKind.ConnectionLost, error);
            }

            AssociationLog.PeerClosed(_log, Peer, _machine.State.ToString(), midPdu, error?.Message);
        }

        Step(UpperLayerEvent.Evt17, error);
        EndOfConnection();
    }

    void IPduReceiver.OnFailure(Exception error)
    {
        AssociationLog.DriverFailed(_log, error, Peer);
        EndAs(AssociationEndKind.Failure, error);
        EndOfConnection();
        _callbacks.DrainElsewhere();
    }

    private void EndOfConnection()
    {
        if (Interlocked.Exchange(ref _ended, true))
        {
            return;
        }

        try
        {
            Finish();
            _handler.OnEnding();
            _telemetry.TellEnded(WordOf(_end?.Kind ?? AssociationEndKind.Orderly));
            _arriving?.Dispose();
            _arriving = null;
        }
        finally
        {
            // Whatever fails above: who is not told of the end keeps the association's place for ever.
            _callbacks.EnqueueLast(new(IndicationKind.Closed));
        }
    }
}
