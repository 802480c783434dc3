using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>
/// The requests of a peer that wait for their final response, by message id. A request's data set lives as long as it is in here.
/// </summary>
internal sealed class OpenRequests
{
    private readonly Dictionary<int, DimseMessage> _byMessageId = [];

    public void Add(int messageId, DimseMessage message)
    {
        DimseMessage? replaced;
        lock (_byMessageId)
        {
            // A peer that uses an id twice (PS3.7 §9.1 forbids it) can expect an answer to the later request only.
            _byMessageId.Remove(messageId, out replaced);
            _byMessageId.Add(messageId, message);
        }

        replaced?.Dispose();
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

    /// <summary>A claimed request waits again, unless a later one with its id does.</summary>
    public bool TryPutBack(DimseMessage message)
    {
        lock (_byMessageId)
        {
            return _byMessageId.TryAdd(IdOf(message), message);
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
