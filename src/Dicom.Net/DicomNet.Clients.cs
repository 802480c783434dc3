namespace Dicom.Net;

/// <summary>The clients of a listener.</summary>
public partial class DicomNet
{
    private List<DicomNet>? _clients;

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

    private DicomNet[] SnapshotOfClients()
    {
        lock (Clients)
        {
            return [.. Clients];
        }
    }
}
