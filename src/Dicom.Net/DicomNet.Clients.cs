namespace Dicom.Net;

/// <summary>The clients of a listener.</summary>
public partial class DicomNet
{
    /// <summary>How long clients that were closed by force may take to say so (arbitrary).</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private List<DicomNet>? _clients;
    private TaskCompletionSource? _emptied;

    private List<DicomNet> Clients => LazyInitializer.EnsureInitialized(ref _clients, static () => []);

    /// <summary>
    /// The number of clients: connections that were accepted and have not ended. While an associate request is being handled, its own
    /// client is counted.
    /// </summary>
    /// <returns>The number, asked of the listener. A client has none itself: it asks its <see cref="Server"/>.</returns>
    public int GetClientCount()
    {
        lock (Clients)
        {
            return Clients.Count;
        }
    }

    /// <summary>A client of the listener by its place.</summary>
    /// <param name="index">0 to <see cref="GetClientCount"/> − 1.</param>
    /// <returns>The client; null when there is none at that place, or no more.</returns>
    public DicomNet? GetClient(int index)
    {
        lock (Clients)
        {
            return index >= 0 && index < Clients.Count ? Clients[index] : null;
        }
    }

    /// <summary>
    /// Stops listening and waits for the clients to end by themselves; those that have not by the deadline are closed, which aborts
    /// their associations.
    /// </summary>
    /// <param name="deadline">How long to wait for the clients: not negative, or Timeout.InfiniteTimeSpan.</param>
    /// <returns>A task that ends when the last client has; at the latest five seconds after the deadline.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is out of range.</exception>
    public async Task CloseAsync(TimeSpan deadline)
    {
        Close();
        var emptied = WhenEmpty();
        try
        {
            await emptied.WaitAsync(deadline, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            foreach (var client in SnapshotOfClients())
            {
                client.Close();
            }

            // A callback of the application that never returns keeps its client; it must not keep the process.
            await Task.WhenAny(emptied, Task.Delay(LastPatience, _options.TimeProvider)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes the object for a connection that was accepted without the application's doing (see <see cref="OnAccept"/>). The base
    /// makes one with the path, mode, options and <see cref="ThrowOnError"/> of this one.
    /// </summary>
    /// <returns>A new object, neither connected nor listening.</returns>
    protected virtual DicomNet CreateClient() => new(this);

    private void Remove(DicomNet client)
    {
        lock (Clients)
        {
            Clients.Remove(client);
        }
    }

    /// <summary>On the listener, in its turn: a client has ended.</summary>
    private void TellClosed(DicomExceptionCode code, DicomNet client)
    {
        if (_overriding.HasFlag(Overrides.Close) || Closed is not null)
        {
            CallInTurn(nameof(OnClose), () => OnClose(code, client));
            CallInTurn(nameof(CloseAsync), TellIfEmpty);
        }
        else
        {
            TellIfEmpty();
        }
    }

    private void TellIfEmpty()
    {
        lock (Clients)
        {
            if (Clients.Count == 0)
            {
                _emptied?.TrySetResult();
            }
        }
    }

    private Task WhenEmpty()
    {
        lock (Clients)
        {
            if (Clients.Count == 0)
            {
                return Task.CompletedTask;
            }

            _emptied = _emptied is { Task.IsCompleted: false } waiting
                ? waiting
                : new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }

    private DicomNet[] SnapshotOfClients()
    {
        lock (Clients)
        {
            return [.. Clients];
        }
    }
}
