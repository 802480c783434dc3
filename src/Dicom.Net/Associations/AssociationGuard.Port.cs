using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>The wishes of the application: to end it. Everything else is the hosted code's to say.</summary>
internal sealed partial class AssociationGuard : IAssociationPort
{
    /// <summary>How long a peer may take to read our last word and close, once we have closed our side (arbitrary).</summary>
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(2);

    public bool IsAssociated => _machine.State is >= UpperLayerState.Sta6 and <= UpperLayerState.Sta12;

    public SendOutcome Request(AAssociateRq request) => SendOutcome.NotSupported;

    public SendOutcome Accept(AAssociateAc accept) => SendOutcome.NotSupported;

    public SendOutcome Reject(AAssociateRj reject) => SendOutcome.NotSupported;

    public SendOutcome Send(byte presentationContextId, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet) => SendOutcome.NotSupported;

    public SendOutcome RequestRelease() => SendOutcome.NotSupported;

    public SendOutcome RespondRelease() => SendOutcome.NotSupported;

    public SendOutcome Abort(AAbort abort)
    {
        if (!IsHandled(UpperLayerEvent.Evt15))
        {
            return IsOver ? SendOutcome.NotConnected : SendOutcome.WrongState;
        }

        EndAs(AssociationEndKind.Aborted);
        _telemetry.TellAborted(isLocal: true, byProvider: abort.Source != 0);
        SayLast(OutgoingPdu.Of(abort), closes: true);
        return SendOutcome.Queued;
    }

    public void Close()
    {
        if (Abort(AAbort.ByUser) == SendOutcome.Queued || _machine.State == UpperLayerState.Sta13)
        {
            _timer.Start(Deadline.Artim, LingerTimeout);
            return;
        }

        // Nothing to say goodbye to: no association was asked for as yet.
        Step(UpperLayerEvent.Evt17);
        _connection.Close();
    }

    public void CloseForced()
    {
        EndAs(AssociationEndKind.Aborted);
        _connection.Abort();
        Step(UpperLayerEvent.Evt17);
    }
}
