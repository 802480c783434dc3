using System.Net;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>One connection of a listener, as <see cref="ListenerConnections"/> counts it. Its state is that class's, under its lock.</summary>
internal sealed class ListenerConnection(ListenerConnections all, PduConnection connection)
{
    /// <summary>How a connection counts.</summary>
    public enum Standing
    {
        /// <summary>It has no association, not yet or no more.</summary>
        Unassociated,

        /// <summary>An association stands, or was asked for and is not yet answered.</summary>
        Associated,

        /// <summary>It has ended, or was closed for want of room.</summary>
        Gone,
    }

    public PduConnection Connection => connection;

    /// <summary>Whose it is, where hosts are counted.</summary>
    public IPAddress Host => field ??= RemoteHost.Of(connection.RemoteEndPoint.Address);

    public Standing State { get; set; }

    /// <summary>Of an association: who calls.</summary>
    public string CallingTitle { get; set; } = "";

    /// <summary>The neighbours in the line of those without an association.</summary>
    public ListenerConnection? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public ListenerConnection? Newer { get; set; }

    /// <summary>An association was asked for.</summary>
    /// <returns>Which limit leaves no room for it; null: there was room.</returns>
    public string? Associate(string callingTitle) => all.Associate(this, callingTitle);

    /// <summary>The association is over, or was rejected; the connection still stands.</summary>
    public void Dissociate() => all.Dissociate(this);

    /// <summary>The connection has ended.</summary>
    public void Leave() => all.Leave(this);
}
