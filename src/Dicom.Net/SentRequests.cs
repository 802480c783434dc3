using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>
/// The requests of this side: those under way, which wait for their final response, and those that wait for their turn, since the asynchronous
/// operations window allows no more at once (PS3.7 §D.3.3.3). Without a negotiated window that is one.
/// </summary>
internal sealed class SentRequests
{
    /// <summary>How many may wait for their turn (arbitrary: as many as may wait to be sent).</summary>
    private const int MostWaiting = 256;

    // By message id. Also the lock.
    private readonly Dictionary<int, CommandField> _underWay = [];
    private readonly Queue<WaitingRequest> _waiting = new();
    private int _lastId;

    /// <summary>How many wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_underWay)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>An id that no request has, 1 to 65535; never the same twice in a row.</summary>
    public int NextId()
    {
        lock (_underWay)
        {
            do
            {
                _lastId = _lastId == ushort.MaxValue ? 1 : _lastId + 1;
            }
            while (IsInUse(_lastId));

            return _lastId;
        }
    }

    /// <summary>Begins a request, if its turn is now.</summary>
    public Turn TryBegin(int messageId, CommandField field, int window)
    {
        lock (_underWay)
        {
            if (IsInUse(messageId))
            {
                return Turn.IdInUse;
            }

            if (_waiting.Count > 0 || _underWay.Count >= window)
            {
                return _waiting.Count < MostWaiting ? Turn.Later : Turn.Never;
            }

            _underWay.Add(messageId, field);
            return Turn.Now;
        }
    }

    /// <summary>Keeps a request until its turn comes.</summary>
    /// <returns>Later; else it is not kept.</returns>
    public Turn Wait(WaitingRequest request)
    {
        lock (_underWay)
        {
            if (IsInUse(request.MessageId))
            {
                return Turn.IdInUse;
            }

            if (_waiting.Count >= MostWaiting)
            {
                return Turn.Never;
            }

            _waiting.Enqueue(request);
            return Turn.Later;
        }
    }

    /// <summary>Begins the next request that waits; null: none does, or its turn has not come.</summary>
    public WaitingRequest? BeginNext(int window)
    {
        lock (_underWay)
        {
            if (_underWay.Count >= window || !_waiting.TryDequeue(out var request))
            {
                return null;
            }

            _underWay.Add(request.MessageId, request.Field);
            return request;
        }
    }

    /// <summary>It could not be sent: it is not under way after all.</summary>
    public void Abandon(int messageId)
    {
        lock (_underWay)
        {
            _underWay.Remove(messageId);
        }
    }

    /// <summary>A response has arrived.</summary>
    /// <param name="messageId">The id of the request.</param>
    /// <param name="field">What it answers.</param>
    /// <param name="isFinal">Whether no other follows.</param>
    /// <returns>False: nobody asked for it.</returns>
    public bool Answer(int messageId, CommandField field, bool isFinal)
    {
        lock (_underWay)
        {
            return _underWay.TryGetValue(messageId, out var request)
                && request.ToResponse() == field
                && (!isFinal || _underWay.Remove(messageId));
        }
    }

    /// <summary>Whether a C-CANCEL for a request makes sense now; for one that waits it is kept until that has gone out.</summary>
    public bool IsToCancel(int messageId)
    {
        lock (_underWay)
        {
            if (_waiting.FirstOrDefault(request => request.MessageId == messageId) is { } waiting)
            {
                waiting.IsCancelled = true;
            }

            return _underWay.ContainsKey(messageId);
        }
    }

    /// <summary>The association is over.</summary>
    public void Clear()
    {
        WaitingRequest[] waiting;
        lock (_underWay)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
            _underWay.Clear();
        }

        Array.ForEach(waiting, request => request.Dispose());
    }

    private bool IsInUse(int messageId)
    {
        if (_underWay.ContainsKey(messageId))
        {
            return true;
        }

        foreach (var request in _waiting)
        {
            if (request.MessageId == messageId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When a request may go out.</summary>
    public enum Turn
    {
        Now,
        Later,
        IdInUse,
        Never,
    }
}
