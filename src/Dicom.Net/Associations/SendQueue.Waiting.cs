namespace Dicom.Net.Associations;

/// <summary>What waits to be sent.</summary>
internal sealed partial class SendQueue
{
    /// <summary>True while half of what may wait does: time for whoever causes more to hold back.</summary>
    public bool IsCongested
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count >= _capacity / 2;
            }
        }
    }

    /// <summary>How many wait, but for the one that is being sent.</summary>
    public int Count
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Whether nothing is under way or waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_waiting)
            {
                return !_busy && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Adds an item. False: too many are waiting, or the queue is closed; the item is then disposed of.</summary>
    /// <param name="item">What to send; the queue disposes of it.</param>
    /// <param name="mandatory">True for what the protocol itself must send: it is not counted against the capacity.</param>
    public bool TryEnqueue(OutgoingItem item, bool mandatory)
    {
        lock (_waiting)
        {
            if (!_closed && (mandatory || _waiting.Count < _capacity))
            {
                _waiting.Enqueue(item);
                return true;
            }
        }

        item.Dispose();
        return false;
    }

    /// <summary>Drops what has not begun to go out, and the rest of a message that has: only an A-ABORT may follow.</summary>
    public void DropWaiting()
    {
        OutgoingItem[] dropped;
        lock (_waiting)
        {
            dropped = [.. _waiting];
            _waiting.Clear();
            _dropCurrent = _busy;
        }

        Array.ForEach(dropped, item => item.Dispose());
    }

    /// <summary>Takes nothing more, and drops what is left.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _closed = true;
        }

        DropWaiting();
    }

    /// <summary>Takes nothing more, if nothing is under way or waits. False: something does.</summary>
    public bool TryCloseIdle()
    {
        lock (_waiting)
        {
            if (_busy || _waiting.Count > 0)
            {
                return false;
            }

            _closed = true;
            return true;
        }
    }
}
