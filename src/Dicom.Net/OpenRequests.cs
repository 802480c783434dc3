using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>
/// The requests of a peer that wait for their final response, by message id. A request's data set lives as long as it is in here.
/// </summary>
internal sealed class OpenRequests
{
    // Few, as a rule one: searched through. Also the lock.
    private readonly List<DimseMessage> _open = [];

    // Only of those that somebody asked about, or that were cancelled.
    private Dictionary<DimseMessage, CancellationTokenSource>? _cancellations;

    // Ids whose C-CANCEL has arrived, and whose request is not here: it waits for its callback, as the C-CANCEL does, or there is none.
    private List<int>? _cancelledEarly;

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

    /// <summary>Whether a C-CANCEL has arrived whose request is still to come.</summary>
    public bool HasEarlyCancel
    {
        get
        {
            lock (_open)
            {
                return _cancelledEarly is [_, ..];
            }
        }
    }

    /// <returns>False: a request with this id waits already.</returns>
    public bool TryAdd(DimseMessage message)
    {
        lock (_open)
        {
            if (IndexOf(message.MessageId) >= 0)
            {
                return false;
            }

            _open.Add(message);
            if (_cancelledEarly?.Contains(message.MessageId) is true && IsCancellable(message))
            {
                SourceOf(message).Cancel();
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

    public bool Contains(DimseMessage message)
    {
        lock (_open)
        {
            return _open.Contains(message);
        }
    }

    /// <summary>Takes an open request: of several threads that would answer it, one gets it.</summary>
    public bool TryClaim(DimseMessage message)
    {
        lock (_open)
        {
            _cancellations?.Remove(message);
            return _open.Remove(message);
        }
    }

    /// <summary>What tells whoever works on a request to stop.</summary>
    public CancellationToken CancellationOf(DimseMessage message)
    {
        lock (_open)
        {
            return _open.Contains(message) ? SourceOf(message).Token : new(canceled: true);
        }
    }

    /// <summary>A C-CANCEL has arrived; its turn among the callbacks comes later.</summary>
    public void BeginCancel(int messageId)
    {
        CancellationTokenSource? source = null;
        lock (_open)
        {
            if (Find(messageId) is not { } message)
            {
                (_cancelledEarly ??= []).Add(messageId);
            }
            else if (IsCancellable(message))
            {
                source = SourceOf(message);
            }
        }

        Cancel(source);
    }

    /// <summary>The turn of a C-CANCEL has come.</summary>
    /// <returns>False: there is nothing to cancel, not any more or never was.</returns>
    public bool EndCancel(int messageId)
    {
        lock (_open)
        {
            _cancelledEarly?.Remove(messageId);
            return Find(messageId) is { } message && IsCancellable(message);
        }
    }

    /// <summary>The association is over: who works on a request is told at once. The requests stay until the application knows.</summary>
    public void CancelAll()
    {
        CancellationTokenSource[] sources;
        lock (_open)
        {
            sources = [.. _open.Select(SourceOf)];
        }

        Array.ForEach(sources, Cancel);
    }

    /// <summary>Nothing will be answered any more.</summary>
    public void DisposeAll()
    {
        DimseMessage[] open;
        lock (_open)
        {
            open = [.. _open];
            _open.Clear();
            _cancellations = null;
            _cancelledEarly = null;
        }

        foreach (var message in open)
        {
            message.Dispose();
        }
    }

    // Elsewhere: what the application has registered may take its time, and this thread is the one that receives.
    private static void Cancel(CancellationTokenSource? source) => _ = source?.CancelAsync();

    private static bool IsCancellable(DimseMessage message) =>
        message.Command.CommandField is CommandField.CFindRq or CommandField.CGetRq or CommandField.CMoveRq;

    private CancellationTokenSource SourceOf(DimseMessage message)
    {
        _cancellations ??= [];
        if (!_cancellations.TryGetValue(message, out var source))
        {
            // Never disposed of: it has no timer and no handle, and its token may be held by the application for ever.
            source = _cancellations[message] = new();
        }

        return source;
    }

    private DimseMessage? Find(int messageId) => IndexOf(messageId) is >= 0 and var index ? _open[index] : null;

    private int IndexOf(int messageId)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            if (_open[i].MessageId == messageId)
            {
                return i;
            }
        }

        return -1;
    }
}
