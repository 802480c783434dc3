using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>
/// The requests of a peer that wait for their final response, by message id. A request's data set lives as long as it is in here.
/// </summary>
internal sealed class OpenRequests
{
    /// <summary>
    /// Past this, reading pauses (arbitrary): each may hold a data set in memory. Without a negotiated window a peer has one open
    /// operation at a time (PS3.7 §D.3.3.3).
    /// </summary>
    private const int Most = 32;

    // Few, as a rule one: searched through. Also the lock.
    private readonly List<DimseMessage> _open = [];

    public bool IsFull
    {
        get
        {
            lock (_open)
            {
                return _open.Count >= Most;
            }
        }
    }

    /// <returns>False: a request with this id waits already.</returns>
    public bool TryAdd(DimseMessage message)
    {
        lock (_open)
        {
            if (IndexOf(IdOf(message)) >= 0)
            {
                return false;
            }

            _open.Add(message);
            return true;
        }
    }

    public DimseMessage? Find(byte presentationContextId, int messageId)
    {
        lock (_open)
        {
            return IndexOf(messageId) is >= 0 and var index && _open[index].PresentationContextId == presentationContextId
                ? _open[index]
                : null;
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
            return _open.Remove(message);
        }
    }

    /// <summary>Nothing will be answered any more.</summary>
    public void DisposeAll()
    {
        DimseMessage[] open;
        lock (_open)
        {
            open = [.. _open];
            _open.Clear();
        }

        foreach (var message in open)
        {
            message.Dispose();
        }
    }

    private int IndexOf(int messageId)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            if (IdOf(_open[i]) == messageId)
            {
                return i;
            }
        }

        return -1;
    }

    private static int IdOf(DimseMessage message) => message.Command.MessageId ?? 0;
}
