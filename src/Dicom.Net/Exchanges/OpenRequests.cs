using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>
/// The requests of a peer on one association that wait for their final response, by message id. A request's data set lives as long as it is
/// in here.
/// </summary>
/// <remarks>
/// A request is claimed by the one who answers it, and closed when the answer has been queued, or given back when it could not be. As soon as
/// it is claimed its id counts as free: the peer may use it again before this side has finished closing.
/// </remarks>
internal sealed class OpenRequests
{
    // Few, as a rule one: searched through. Also the lock.
    private readonly List<DimseMessage> _open = [];

    // Ids whose C-CANCEL has arrived, and whose request is not here: it waits for its callback, as the C-CANCEL does, or there is none.
    private List<int>? _cancelledEarly;
    private bool _isEnding;
    private bool _isOver;

    /// <summary>
    /// Past what a window can allow, reading pauses: each request may hold a data set in memory. A peer that keeps to its window is read
    /// always, so that a C-CANCEL of it is seen.
    /// </summary>
    public bool IsFull
    {
        get
        {
            lock (_open)
            {
                return _open.Count > AgreedOperations.MostGranted;
            }
        }
    }

    /// <summary>Whether any waits.</summary>
    public bool HasAny => Count > 0;

    /// <summary>Whether an instance waits that the peer wants stored.</summary>
    public bool HasInstances
    {
        get
        {
            lock (_open)
            {
                return _open.Exists(static message => message.Command.CommandField == CommandField.CStoreRq);
            }
        }
    }

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_open)
            {
                return _open.Count;
            }
        }
    }

    /// <returns>False: a request with this id waits already.</returns>
    public bool TryAdd(DimseMessage message)
    {
        lock (_open)
        {
            if (_isOver || Find(message.MessageId) is not null)
            {
                return false;
            }

            _open.Add(message);
            if (_isEnding || (_cancelledEarly?.Contains(message.MessageId) is true && message.IsCancellable))
            {
                message.Cancellation.Cancel(); // Nobody has its token as yet.
            }

            return true;
        }
    }

    public DimseMessage? Find(byte presentationContextId, int messageId)
    {
        lock (_open)
        {
            return Find(messageId) is { } message && message.PresentationContextId == presentationContextId ? message : null;
        }
    }

    /// <summary>Whether a request with this id waits.</summary>
    public bool IsInUse(int messageId)
    {
        lock (_open)
        {
            return Find(messageId) is not null;
        }
    }

    public bool Contains(DimseMessage message)
    {
        lock (_open)
        {
            return !message.IsClaimed && _open.Contains(message);
        }
    }

    /// <summary>Takes an open request: of several threads that would answer it, one gets it.</summary>
    public bool TryClaim(DimseMessage message)
    {
        lock (_open)
        {
            return !message.IsClaimed && _open.Contains(message) && (message.IsClaimed = true);
        }
    }

    /// <summary>The answer to a claimed request could not be sent: it waits on, unless all is over.</summary>
    public void GiveBack(DimseMessage message)
    {
        lock (_open)
        {
            message.IsClaimed = false;
        }
    }

    /// <summary>A claimed request has been answered.</summary>
    public void Close(DimseMessage message)
    {
        lock (_open)
        {
            _open.Remove(message);
        }

        message.Dispose();
    }

    /// <summary>What tells whoever works on a request to stop.</summary>
    public CancellationToken CancellationOf(byte presentationContextId, int messageId)
    {
        lock (_open)
        {
            return Find(messageId) is { } message && message.PresentationContextId == presentationContextId
                ? message.Cancellation.Token
                : new(canceled: true);
        }
    }

    /// <summary>As the other overload, of a request that is known itself.</summary>
    public CancellationToken CancellationOf(DimseMessage message) => Contains(message) ? message.Cancellation.Token : new(canceled: true);

    /// <summary>A C-CANCEL has arrived; its turn among the callbacks comes later.</summary>
    public void BeginCancel(int messageId)
    {
        CancellationTokenSource? source = null;
        lock (_open)
        {
            // One that is being answered counts too: that may fail, and then it goes on.
            if ((Find(messageId) ?? _open.Find(claimed => claimed.MessageId == messageId)) is not { } message)
            {
                (_cancelledEarly ??= []).Add(messageId);
            }
            else if (message.IsCancellable)
            {
                source = message.Cancellation;
            }
        }

        Cancel(source);
    }

    /// <summary>The turn of a C-CANCEL has come.</summary>
    /// <returns>False: there is nothing to cancel, not any more or never was.</returns>
    public bool EndCancel(int messageId)
    {
        CancellationTokenSource? source = null;
        lock (_open)
        {
            _cancelledEarly?.Remove(messageId);
            if (Find(messageId) is { IsCancellable: true } message)
            {
                source = message.Cancellation;
            }
        }

        // Cancelled already, unless a PDU layer of somebody else's has told of it only now.
        Cancel(source);
        return source is not null;
    }

    /// <summary>The association is over: who works on a request is told at once. The requests stay until the application knows.</summary>
    public void CancelAll()
    {
        CancellationTokenSource[] sources;
        lock (_open)
        {
            _isEnding = true;
            sources = [.. _open.Select(message => message.Cancellation)];
        }

        Array.ForEach(sources, Cancel);
    }

    /// <summary>Nothing will be answered any more.</summary>
    public void DisposeAll()
    {
        DimseMessage[] open;
        lock (_open)
        {
            _isOver = true;
            open = [.. _open];
            _open.Clear();
            _cancelledEarly = null;
        }

        foreach (var message in open)
        {
            Cancel(message.Cancellation);
            message.Dispose();
        }
    }

    // Elsewhere: what the application has registered may take its time, and this thread is the one that receives.
    private static void Cancel(CancellationTokenSource? source) => _ = source?.CancelAsync();

    private DimseMessage? Find(int messageId)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            if (_open[i].MessageId == messageId && !_open[i].IsClaimed)
            {
                return _open[i];
            }
        }

        return null;
    }
}
