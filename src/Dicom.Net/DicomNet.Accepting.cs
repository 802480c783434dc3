using System.Net.Sockets;
using Dicom.Net.Associations;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>Connections of a listener, from the accept loop to the object that has them.</summary>
public partial class DicomNet
{
    /// <summary>Connections that wait for the application to accept them, at most (arbitrary); later ones are closed.</summary>
    private const int MaximumPending = 4096;

    // A connection, which is the same class, has none of these.
    private SerialQueue<Action>? _callbacks;
    private Queue<ListenerConnection>? _pending;
    private long _taken;
    private bool _takesConnections;

    /// <summary>A connection waits to be accepted: see <see cref="OnAccept"/>.</summary>
    public event EventHandler<DicomNetEventArgs>? Accepting;

    /// <summary>
    /// Takes the connection that has waited longest for another object, which gets its callbacks from then on. Called on the listener,
    /// usually from <see cref="OnAccept"/>.
    /// </summary>
    /// <param name="client">An object that is neither connected nor listening; the application keeps it and disposes of it.</param>
    /// <returns>Success, or an error when no connection waits or the object is in use.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Accept(DicomNet client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Return(Accept(client, forwardEvents: false));
    }

    /// <summary>
    /// Called on a listener when a connection waits. An override usually makes a client object and calls <see cref="Accept(DicomNet)"/>;
    /// to refuse a peer, accept it and close it, or reject its associate request.
    /// </summary>
    /// <param name="error">Always <see cref="DicomExceptionCode.Success"/> as yet.</param>
    /// <remarks>
    /// The base raises <see cref="Accepting"/>. If that accepted nothing, a client is made by <see cref="CreateClient"/> and accepted;
    /// then its events are raised on the listener too, with the client as sender: an SCP in ten lines.
    /// </remarks>
    protected virtual void OnAccept(DicomExceptionCode error)
    {
        var taken = _taken;
        RaiseHere(Accepting, this, new DicomNetEventArgs(error));
        if (_taken == taken)
        {
            Accept(CreateClient(), forwardEvents: true);
        }
    }

    private SerialQueue<Action> Callbacks => LazyInitializer.EnsureInitialized(ref _callbacks, static () => new(RunCallback));

    private Queue<ListenerConnection> Pending => LazyInitializer.EnsureInitialized(ref _pending, static () => new());

    // On the accept loop: hands over and returns.
    private void OnSocketAccepted(Socket socket)
    {
        SocketSettings.Apply(socket, _acceptedOptions!);
        var connection = new SocketConnection(socket);
        if (Volatile.Read(ref _reception) is { } reception)
        {
            reception.Receive(connection);
        }
        else if (Door.Enter(connection) is { } entered)
        {
            OnEntered(entered);
        }
    }

    private void OnEntered(ListenerConnection entered)
    {
        if (!TakeIn(entered))
        {
            return;
        }

        if (_overriding.HasFlag(Overrides.Accepting) || Accepting is not null)
        {
            CallInTurn(nameof(OnAccept), AskToAccept);
        }
        else
        {
            // None of the application's code has a say: no turn to wait for.
            Accept(CreateClient(), forwardEvents: true);
        }
    }

    /// <summary>Where OnAccept fails, nobody will ever take the connection.</summary>
    private void AskToAccept()
    {
        if (!IsPending())
        {
            // Accepted together with an earlier one, or closed with the listener.
            return;
        }

        var taken = _taken;
        try
        {
            OnAccept(DicomExceptionCode.Success);
        }
        catch when (_taken == taken)
        {
            CloseOldestPending();
            throw;
        }
    }

    /// <summary>The listener's own callbacks come one at a time, although its clients end on their own threads.</summary>
    private void CallInTurn(string callback, Action call)
    {
        Callbacks.Enqueue(() => Guard(callback, call));
        Callbacks.DrainElsewhere();
    }

    private DicomNetResult Accept(DicomNet client, bool forwardEvents)
    {
        if (client.Reserve() is { IsSuccess: false } refusal)
        {
            return refusal;
        }

        ListenerConnection? taken = null;
        client.TakeSecurityOf(this);
        try
        {
            lock (Pending)
            {
                if (!Pending.TryDequeue(out taken))
                {
                    return new(DicomExceptionCode.InvalidState, "No connection waits: call Accept once for each OnAccept.");
                }

                _taken++;
                client.Server = this;
                client._cameTooLate = _isDraining;
                client._forwardsEvents = forwardEvents;

                // Before the lock is left: who stops listening afterwards finds the client among the clients.
                lock (Clients)
                {
                    Clients.Add(client);
                }
            }

            client.Run(taken.Connection, AssociationRole.Acceptor, place: taken);
            return DicomNetResult.Success;
        }
        finally
        {
            // Else Run has ended the reservation, and there may be another by now.
            if (taken is null)
            {
                client._reserved = false;
            }
        }
    }

    private static ValueTask RunCallback(Action guarded)
    {
        guarded();
        return default;
    }

    private bool IsPending()
    {
        lock (Pending)
        {
            return Pending.Count > 0;
        }
    }

    private bool CloseOldestPending()
    {
        ListenerConnection? waiting;
        lock (Pending)
        {
            Pending.TryDequeue(out waiting);
        }

        waiting?.Leave();
        waiting?.Connection.Close();
        return waiting is not null;
    }
}
