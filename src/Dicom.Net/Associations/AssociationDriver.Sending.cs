using Dicom.Net.Diagnostics;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>What the send queue tells.</summary>
internal sealed partial class AssociationDriver
{
    private volatile bool _closeWhenSent;

    // Who waits for room in the queue; null: nobody.
    private TaskCompletionSource? _roomWanted;

    public bool HasUnsent => !_sending.IsIdle;

    public Task ReadyToSendAsync()
    {
        if (_finished || !_sending.IsCongested)
        {
            return Task.CompletedTask;
        }

        var wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        wanted = Interlocked.CompareExchange(ref _roomWanted, wanted, null) ?? wanted;
        if (_finished || !_sending.IsCongested)
        {
            // Sent just before the wish.
            TellOfRoom();
        }

        return wanted.Task;
    }

    void ISendObserver.OnWriteWaiting() => _timer.Start(Deadline.Send, _options.SendTimeout);

    void ISendObserver.OnWritten() => _timer.Stop(Deadline.Send);

    void ISendObserver.OnSent(OutgoingItem item)
    {
        if (_handler.WantsSent)
        {
            _callbacks.Enqueue(new(IndicationKind.Sent, Type: item.Type, Length: item.Written));
            _callbacks.DrainElsewhere();
        }
    }

    void ISendObserver.OnItemFailed(OutgoingItem item, Exception error)
    {
        // Half a message is on its way, and nothing can complete it.
        AssociationLog.DataSetUnreadable(_log, error, Peer);
        EndAs(AssociationEndKind.Failure, error);
        Step(UpperLayerEvent.Evt15);
    }

    void ISendObserver.OnSendIdle()
    {
        if (_closeWhenSent)
        {
            ShutdownIfIdle();
        }

        GoOnIfRead();
        TellOfRoom();
    }

    void ISendObserver.OnSendFailed(Exception error)
    {
        if (!_finished)
        {
            AssociationLog.SendFailed(_log, Peer, error.Message);
            EndAs(AssociationEndKind.ConnectionLost, error);
            CloseForced();
        }
    }

    private void TellOfRoom() => Interlocked.Exchange(ref _roomWanted, null)?.TrySetResult();

    /// <summary>Our side of the connection closes when the last word is out; the peer closes its own, or ARTIM does.</summary>
    private void CloseWhenSent()
    {
        _closeWhenSent = true;
        ShutdownIfIdle();
    }

    private void ShutdownIfIdle()
    {
        // Asked of the queue and not of the moment: another thread may have begun to send again.
        if (_sending.TryCloseIdle())
        {
            _connection.ShutdownSend();
        }
    }
}
