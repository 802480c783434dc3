using System.Net;
using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>What every connection of a listener passes before anything else happens to it: who may come, and for how many there is room.</summary>
internal sealed class ListenerDoor(DicomNetOptions options, ILogger log)
{
    /// <summary>Hosts that are told apart in the log; of more at a time, all others count as one. Arbitrary.</summary>
    private const int MostHosts = 1024;

    private readonly ListenerConnections _connections = new(options.Limits);
    private readonly Dictionary<IPAddress, LogEpisode> _denied = [];
    private readonly LogEpisode _deniedOthers = new(options.TimeProvider);
    private readonly LogEpisode _crowded = new(options.TimeProvider);
    private readonly LogEpisode _full = new(options.TimeProvider);
    private long _closed;

    public DicomAdmission? Admission => options.Admission;

    /// <summary>The turns of the TLS handshakes of this listener; null: any number at a time.</summary>
    public TlsHandshakeTurns? Handshakes { get; } =
        options.Limits.MaximumConcurrentHandshakes > 0 ? new(options.Limits.MaximumConcurrentHandshakes) : null;

    /// <summary>For tests.</summary>
    public ListenerConnections Connections => _connections;

    /// <summary>How many connections were closed here.</summary>
    public long Closed => Interlocked.Read(ref _closed);

    /// <summary>
    /// Counts a connection that came in, before a byte of it is read. Where there is no room, the one that has been without an association for
    /// longest is closed.
    /// </summary>
    /// <returns>Null: it may not come in, and is closed.</returns>
    public ListenerConnection? Enter(PduConnection connection)
    {
        if (options.Admission?.Admits(connection.RemoteEndPoint.Address) is false)
        {
            Deny(connection);
            return null;
        }

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

    private void Deny(PduConnection connection)
    {
        var address = connection.RemoteEndPoint.Address;
        if (EpisodeOf(RemoteHost.Of(address)).Note() is > 0 and var count)
        {
            AdmissionLog.AddressDenied(log, address, count);
        }

        Close(connection, "address_denied");
    }

    private void Close(PduConnection connection, string reason)
    {
        options.Instruments.TellRefused(reason);
        Interlocked.Increment(ref _closed);
        connection.Close();
    }

    private LogEpisode EpisodeOf(IPAddress host)
    {
        lock (_denied)
        {
            if (_denied.TryGetValue(host, out var known))
            {
                return known;
            }

            if (_denied.Count >= MostHosts)
            {
                return _deniedOthers;
            }

            return _denied[host] = new(options.TimeProvider);
        }
    }
}
