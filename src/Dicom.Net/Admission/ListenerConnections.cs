using System.Net;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>
/// The connections of a listener, counted: those without an association in the order in which they came to be without one, and the
/// associations in all, by remote host and by calling AE title.
/// </summary>
/// <remarks>
/// A place is given back exactly once, whatever ends the association or the connection: what is no longer counted is not counted down
/// again.
/// </remarks>
internal sealed class ListenerConnections(DicomNetLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _associationsByHost = [];
    private readonly Dictionary<string, int> _associationsByTitle = new(StringComparer.Ordinal);
    private ListenerConnection? _oldest;
    private ListenerConnection? _newest;
    private int _unassociated;
    private int _associations;

    /// <summary>How many connections have no association.</summary>
    public int Unassociated
    {
        get
        {
            lock (_gate)
            {
                return _unassociated;
            }
        }
    }

    /// <summary>How many associations stand, or wait for their answer.</summary>
    public int Associations
    {
        get
        {
            lock (_gate)
            {
                return _associations;
            }
        }
    }

    /// <summary>A connection was accepted.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="crowdedOut">The one that has to be closed to make room for it; null: none has.</param>
    public ListenerConnection Enter(PduConnection connection, out ListenerConnection? crowdedOut)
    {
        var entered = new ListenerConnection(this, connection);
        lock (_gate)
        {
            Append(entered);
            crowdedOut = limits.MaximumUnassociatedConnections > 0 && _unassociated > limits.MaximumUnassociatedConnections ? _oldest : null;
            if (crowdedOut is not null)
            {
                Unlink(crowdedOut);
                crowdedOut.State = ListenerConnection.Standing.Gone;
            }
        }

        return entered;
    }

    /// <inheritdoc cref="ListenerConnection.Associate"/>
    public string? Associate(ListenerConnection connection, string callingTitle)
    {
        lock (_gate)
        {
            if (connection.State != ListenerConnection.Standing.Unassociated)
            {
                // Crowded out a moment ago, and being closed: whatever is answered, it has no association any more.
                return null;
            }

            if (FullLimitOf(connection.Host, callingTitle) is { } full)
            {
                return full;
            }

            Unlink(connection);
            connection.State = ListenerConnection.Standing.Associated;
            connection.CallingTitle = callingTitle;
            _associations++;
            Count(_associationsByHost, limits.MaximumAssociationsPerAddress, connection.Host, 1);
            Count(_associationsByTitle, limits.MaximumAssociationsPerCallingTitle, callingTitle, 1);
            return null;
        }
    }

    /// <inheritdoc cref="ListenerConnection.Dissociate"/>
    public void Dissociate(ListenerConnection connection)
    {
        lock (_gate)
        {
            if (connection.State == ListenerConnection.Standing.Associated)
            {
                Uncount(connection);
                connection.State = ListenerConnection.Standing.Unassociated;
                Append(connection);
            }
        }
    }

    /// <inheritdoc cref="ListenerConnection.Leave"/>
    public void Leave(ListenerConnection connection)
    {
        lock (_gate)
        {
            switch (connection.State)
            {
                case ListenerConnection.Standing.Unassociated:
                    Unlink(connection);
                    break;
                case ListenerConnection.Standing.Associated:
                    Uncount(connection);
                    break;
            }

            connection.State = ListenerConnection.Standing.Gone;
        }
    }

    private string? FullLimitOf(IPAddress host, string callingTitle) =>
        IsFull(_associations, limits.MaximumAssociations) ? nameof(DicomNetLimits.MaximumAssociations)
        : IsFull(_associationsByHost.GetValueOrDefault(host), limits.MaximumAssociationsPerAddress)
            ? nameof(DicomNetLimits.MaximumAssociationsPerAddress)
        : IsFull(_associationsByTitle.GetValueOrDefault(callingTitle), limits.MaximumAssociationsPerCallingTitle)
            ? nameof(DicomNetLimits.MaximumAssociationsPerCallingTitle)
        : null;

    private static bool IsFull(int count, int limit) => limit > 0 && count >= limit;

    private void Uncount(ListenerConnection connection)
    {
        _associations--;
        Count(_associationsByHost, limits.MaximumAssociationsPerAddress, connection.Host, -1);
        Count(_associationsByTitle, limits.MaximumAssociationsPerCallingTitle, connection.CallingTitle, -1);
    }

    /// <summary>Counts where there is a limit; what has come down to nothing is forgotten, as peers choose the keys.</summary>
    private static void Count<T>(Dictionary<T, int> counts, int limit, T key, int step)
        where T : notnull
    {
        if (limit == 0)
        {
            return;
        }

        var count = counts.GetValueOrDefault(key) + step;
        if (count == 0)
        {
            counts.Remove(key);
        }
        else
        {
            counts[key] = count;
        }
    }

    private void Append(ListenerConnection connection)
    {
        connection.Older = _newest;
        if (_newest is null)
        {
            _oldest = connection;
        }
        else
        {
            _newest.Newer = connection;
        }

        _newest = connection;
        _unassociated++;
    }

    private void Unlink(ListenerConnection connection)
    {
        var (older, newer) = (connection.Older, connection.Newer);
        if (older is null)
        {
            _oldest = newer;
        }
        else
        {
            older.Newer = newer;
        }

        if (newer is null)
        {
            _newest = older;
        }
        else
        {
            newer.Older = older;
        }

        (connection.Older, connection.Newer) = (null, null);
        _unassociated--;
    }
}
