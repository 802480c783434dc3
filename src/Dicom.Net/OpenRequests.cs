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

    private readonly Dictionary<int, DimseMessage> _byMessageId = [];

    public bool IsFull
    {
        get
        {
            lock (_byMessageId)
            {
                return _byMessageId.Count >= Most;
            }
        }
    }

    /// <returns>False: a request with this id waits already.</returns>
    public bool TryAdd(DimseMessage message)
    {
        lock (_byMessageId)
        {
            return _byMessageId.TryAdd(IdOf(message), message);
        }
    }

    public DimseMessage? Find(byte presentationContextId, int messageId)
    {
        lock (_byMessageId)
        {
            return _byMessageId.TryGetValue(messageId, out var message) && message.PresentationContextId == presentationContextId
                ? message
                : null;
        }
    }

    public bool Contains(DimseMessage message)
    {
        lock (_byMessageId)
        {
            return _byMessageId.TryGetValue(IdOf(message), out var open) && ReferenceEquals(open, message);
        }
    }

    /// <summary>Takes an open request: of several threads that would answer it, one gets it.</summary>
    public bool TryClaim(DimseMessage message)
    {
        lock (_byMessageId)
        {
            return Contains(message) && _byMessageId.Remove(IdOf(message));
        }
    }

    /// <summary>Nothing will be answered any more.</summary>
    public void DisposeAll()
    {
        DimseMessage[] open;
        lock (_byMessageId)
        {
            open = [.. _byMessageId.Values];
            _byMessageId.Clear();
        }

        foreach (var message in open)
        {
            message.Dispose();
        }
    }

    private static int IdOf(DimseMessage message) => message.Command.MessageId ?? 0;
}
