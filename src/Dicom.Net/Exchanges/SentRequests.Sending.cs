using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>How requests go out: one whose turn is now, and those whose turn has come.</summary>
internal sealed partial class SentRequests
{
    private bool _isSending;
    private bool _sendsAgain;

    /// <summary>Sends the requests whose turn has come, in their order: one thread at a time.</summary>
    public void SendWaiting()
    {
        lock (_underWay)
        {
            if (_isSending)
            {
                _sendsAgain = true;
                return;
            }

            _isSending = true;
        }

        do
        {
            while (exchange.Port is { } port && BeginNext() is { } request && TrySend(port, request))
            {
            }
        }
        while (GoesOn());
    }

    private DicomNetResult SendNow(IAssociationPort port, SentRequest request, DicomDataSet? dataSet)
    {
        var outcome = SendOutcome.WrongState;
        try
        {
            outcome = port.Send(request.ContextId, request.CommandSet, dataSet);
        }
        finally
        {
            if (outcome == SendOutcome.Queued)
            {
                NoteSent(port, request);
            }
            else
            {
                TakeBack(request, waitsOn: false);
                SendWaiting();
            }
        }

        return SendResults.Of(outcome);
    }

    /// <returns>False: there is no room now. It will be tried again.</returns>
    private bool TrySend(IAssociationPort port, SentRequest request)
    {
        var outcome = SendKept(port, request);
        if (outcome == SendOutcome.Queued)
        {
            NoteSent(port, request);
            return true;
        }

        if (outcome == SendOutcome.QueueFull)
        {
            TakeBack(request, waitsOn: true);
            port.ReadyToSendAsync().ContinueWith(
                static (_, requests) => ((SentRequests)requests!).SendWaiting(), this,
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return false;
        }

        // It was promised to go out, and cannot: whoever waits for the response has to learn of it. An association that is being released says so
        // by its end.
        FacadeLog.RequestNotSent(log, peer, request.Field.ToStandardName(), outcome.ToString());
        TakeBack(request, waitsOn: false);
        if (outcome != SendOutcome.WrongState)
        {
            port.Abort(AAbort.ByUser);
        }

        return true;
    }

    private static SendOutcome SendKept(IAssociationPort port, SentRequest request)
    {
        try
        {
            return port.Send(request.ContextId, request.CommandSet, request.DataSet);
        }
        catch (Exception)
        {
            // It was encoded when it began to wait: this can only be a layer of somebody else's, which may throw anything. What waits behind it must go on.
            return SendOutcome.NotSupported;
        }
    }

    private void NoteSent(IAssociationPort port, SentRequest request)
    {
        bool isCancelled;
        lock (_underWay)
        {
            request.IsSent = true;
            StartDeadline(request);
            isCancelled = request.IsCancelled;
        }

        request.Dispose();
        if (isCancelled)
        {
            port.Send(request.ContextId, CommandSet.CCancelRq((ushort)request.MessageId).Encode(), null);
        }
    }

    private SentRequest? BeginNext()
    {
        TaskCompletionSource? wanted;
        SentRequest? request;
        lock (_underWay)
        {
            request = _underWay.Count < Window ? _waiting.First?.Value : null;
            if (request is null)
            {
                return null;
            }

            _waiting.RemoveFirst();
            _underWay.Add(request.MessageId, request);
            (wanted, _roomWanted) = (_roomWanted, null);
        }

        wanted?.TrySetResult();
        return request;
    }

    /// <summary>It is not under way after all.</summary>
    private void TakeBack(SentRequest request, bool waitsOn)
    {
        lock (_underWay)
        {
            if (!_isClosed)
            {
                _underWay.Remove(request.MessageId);
                if (waitsOn)
                {
                    _waiting.AddFirst(request);
                    return;
                }
            }
        }

        request.Operation?.TellUnanswered();
        request.Dispose();
    }

    private bool GoesOn()
    {
        lock (_underWay)
        {
            _isSending = _sendsAgain;
            _sendsAgain = false;
            return _isSending;
        }
    }
}
