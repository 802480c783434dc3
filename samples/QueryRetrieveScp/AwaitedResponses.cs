using System.Collections.Concurrent;

namespace Dicom.Net.Samples;

/// <summary>Requests that this side sends on an association of the peer's, the N-EVENT-REPORTs. Each is awaited.</summary>
internal sealed class AwaitedResponses
{
    /// <summary>How long a response may take. Arbitrary: long enough for the slowest peer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(DicomNet Net, int MessageID), TaskCompletionSource<DicomCommandStatusType>> _awaited = new();

    /// <summary>Sends a request and awaits its response.</summary>
    /// <param name="net">The association.</param>
    /// <param name="send">Sends the request with the message id that it is given.</param>
    /// <returns>What the peer answers.</returns>
    /// <exception cref="DicomException">It cannot be sent, or is not answered.</exception>
    public async Task<DicomCommandStatusType> SendAsync(DicomNet net, Func<int, DicomNetResult> send)
    {
        var key = (net, net.NextMessageID());
        var response = new TaskCompletionSource<DicomCommandStatusType>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[key] = response;
        try
        {
            send(key.Item2).ThrowIfFailed();
            return await response.Task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new DicomException($"The peer has not answered within {Limit.TotalMinutes} minutes.");
        }
        finally
        {
            _awaited.TryRemove(key, out _);
        }
    }

    /// <summary>A response has come.</summary>
    public void Complete(object? sender, DicomResponseEventArgs response)
    {
        if (sender is DicomNet net && _awaited.TryGetValue((net, response.MessageID), out var awaited))
        {
            awaited.TrySetResult(response.Status);
        }
    }

    /// <summary>The association is over: nothing will be answered any more.</summary>
    public void End(DicomNet net)
    {
        foreach (var (_, awaited) in _awaited.Where(entry => entry.Key.Net == net))
        {
            awaited.TrySetException(new DicomException("The association has ended."));
        }
    }
}
