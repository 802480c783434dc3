namespace Dicom.Net;

/// <summary>How requests that nobody wants any more are ended, where their association is to go on.</summary>
internal sealed partial class SentRequests
{
    /// <summary>Whether a C-CANCEL for a request is to be sent now; for one that has not gone out it is kept until that has.</summary>
    public bool IsToCancel(byte contextId, int messageId)
    {
        lock (_underWay)
        {
            if (Find(messageId) is not { IsCancellable: true } request || request.ContextId != contextId)
            {
                return false;
            }

            request.IsCancelled = !request.IsSent;
            return request.IsSent;
        }
    }

    /// <summary>Takes back a request that waits for its turn: the peer has not seen it, and will not.</summary>
    /// <returns>False: it has gone out, or there is none.</returns>
    public bool TryWithdraw(int messageId)
    {
        SentRequest? request;
        TaskCompletionSource? wanted;
        lock (_underWay)
        {
            request = _waiting.FirstOrDefault(waiting => waiting.MessageId == messageId);
            if (request is null)
            {
                return false;
            }

            _waiting.Remove(request);
            (wanted, _roomWanted) = (_roomWanted, null);
        }

        request.Operation?.TellUnanswered();
        request.Dispose();
        wanted?.TrySetResult();
        return true;
    }
}
