namespace Dicom.Net;

/// <summary>A request of this side that somebody awaits, from its sending to its final response.</summary>
/// <param name="contextId">The presentation context that it goes out on.</param>
/// <param name="send">Sends it under a message id.</param>
internal class PendingOperation(byte contextId, Func<int, DicomNetResult> send)
{
    private readonly TaskCompletionSource<DicomResponse> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte ContextId => contextId;

    /// <summary>Known when it has been sent.</summary>
    public int MessageId { get; private set; }

    /// <summary>Whether a C-CANCEL ends it (PS3.7 §9.3.2.3, §9.3.3.3, §9.3.4.3); else only the end of the association does.</summary>
    public virtual bool IsCancellable => false;

    /// <summary>The final response, or why there is none.</summary>
    public Task<DicomResponse> Final => _final.Task;

    public DicomNetResult Send(int messageId)
    {
        MessageId = messageId;
        return send(messageId);
    }

    public virtual void Complete(DicomResponse response) => _final.TrySetResult(response);

    public virtual void Fail(Exception error)
    {
        _final.TrySetException(error);
        _ = _final.Task.Exception; // Whoever asked may have gone: that is no unobserved exception.
    }

    /// <summary>The caller does not want any more what comes before the final response.</summary>
    public virtual void GiveUp()
    {
    }

    /// <summary>Completes when the association may go on to the next callback.</summary>
    public virtual ValueTask CaughtUpAsync() => default;

    /// <summary>The association goes on in any case: it is ending.</summary>
    public virtual void LetGo()
    {
    }
}
