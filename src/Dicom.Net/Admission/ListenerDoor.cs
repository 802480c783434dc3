using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>What every connection of a listener passes before anything else happens to it: who may come, and for how many there is room.</summary>
internal sealed class ListenerDoor(DicomNetOptions options, ILogger log)
{
    private readonly ListenerConnections _connections = new(options.Limits);
    private readonly LogEpisodes _denied = new(options.TimeProvider);
    private readonly LogEpisode _crowded = new(options.TimeProvider);
    private readonly LogEpisode _full = new(options.TimeProvider);
    private long _closed;

    public DicomAdmission? Admission => options.Admission;

    /// <summary>The turns of the TLS handshakes of this listener; null: any number at a time.</summary>
    public TlsHandshakeTurns? Handshakes { get; } =
        options.Limits.MaximumConcurrentHandshakes > 0 ? new(options.Limits.MaximumConcurrentHandshakes) : null;

    /// <summary>What is logged of those who are turned away behind the door.</summary>
    public RefusalEpisodes Refusals { get; } = new(options.TimeProvider);

    /// <summary>For tests.</summary>
    public ListenerConnections Connections => _connections;

    /// <summary>How many connections were closed here.</summary>
    public long Closed => Interlocked.Read(ref _closed);

    /// <summary>Lets a connection in, before a byte of it is read, if it may come from where it comes from.</summary>
    /// <returns>Null: it may not, and is closed.</returns>
    public ListenerConnection? Enter(PduConnection connection)
    {
        if (Admits(connection))
        {
            return Count(connection);
        }

        Deny(connection);
        return null;
    }

    /// <summary>Whether a connection may come from where it comes from.</summary>
    public bool Admits(PduConnection connection) => options.Admission?.Admits(connection.RemoteEndPoint.Address) is not false;

    /// <summary>
    /// Counts a connection that came in. Where there is no room, the one that has been without an association for longest is closed.
    /// </summary>
    public ListenerConnection Count(PduConnection connection)
    {
        var entered = _connections.Enter(connection, out var crowdedOut);
        if (crowdedOut is not null)
        {
            Close(crowdedOut.Connection, "crowded_out");
            if (_crowded.Note() is > 0 and var count)
            {
                AdmissionLog.CrowdedOut(log, crowdedOut.Connection.RemoteEndPoint, options.Limits.MaximumUnassociatedConnections, count);
            }
        }

        return entered;
    }

    /// <summary>Closes a connection that may not come from where it comes from.</summary>
    public void Deny(PduConnection connection)
    {
        var address = connection.RemoteEndPoint.Address;
        if (_denied.Note(RemoteHost.Of(address)) is > 0 and var count)
        {
            AdmissionLog.AddressDenied(log, address, count);
        }

        Close(connection, "address_denied");
    }

    /// <summary>Closes a connection that is not wanted.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reason">Why, in a word for the metrics.</param>
    public void Close(PduConnection connection, string reason)
    {
        options.Instruments.TellRefused(reason);
        Interlocked.Increment(ref _closed);
        connection.Close();
    }

    /// <summary>A place for an association.</summary>
    /// <returns>False: a limit leaves none.</returns>
    public bool HasRoomFor(ListenerConnection connection, string callingTitle)
    {
        if (connection.Associate(callingTitle) is not { } limit)
        {
            return true;
        }

        if (_full.Note() is > 0 and var count)
        {
            AdmissionLog.AssociationsFull(log, connection.Connection.RemoteEndPoint, limit, count);
        }

        return false;
    }
}
