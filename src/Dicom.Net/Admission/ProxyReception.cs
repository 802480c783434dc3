using System.Diagnostics.CodeAnalysis;
using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>Where peers come through proxies, what happens to a connection before the listener's door: whom does it speak for?</summary>
/// <remarks>
/// A connection stands in the line of those without an association while its header is awaited, so that their number is bounded. It holds no
/// thread, and no memory to speak of before its first byte.
/// </remarks>
/// <param name="protocol">Whom to trust.</param>
/// <param name="door">The listener's.</param>
/// <param name="time">The clock of the time limit.</param>
/// <param name="log">Where to report.</param>
/// <param name="takeIn">Has the connection from then on; returns at once.</param>
[SuppressMessage("Design", "CA1001", Justification = "A source of cancellation without a timer or a wait handle holds nothing.")]
internal sealed class ProxyReception(
    DicomProxyProtocol protocol, ListenerDoor door, TimeProvider time, ILogger log, Action<ListenerConnection> takeIn)
{
    private readonly CancellationTokenSource _closing = new();
    private readonly LogEpisodes _strangers = new(time);
    private readonly LogEpisodes _broken = new(time);

    /// <summary>Receives a connection that was accepted a moment ago. Returns at once.</summary>
    public void Receive(SocketConnection connection)
    {
        var isTrusted = protocol.Trusts(connection.RemoteEndPoint.Address);
        if (isTrusted || !protocol.AcceptsDirect)
        {
            _ = ReceiveAsync(door.Count(connection), connection, isTrusted);
        }
        else if (door.Enter(connection) is { } entered)
        {
            takeIn(entered);
        }
    }

    /// <summary>The listener has stopped: nobody is received any more.</summary>
    public void Close() => _closing.Cancel();

    /// <summary>Awaits a first byte, and does with the connection what is to be done.</summary>
    private async Task ReceiveAsync(ListenerConnection entered, SocketConnection connection, bool isTrusted)
    {
        var hearing = new PeerHearing(connection);
        using var late = new HearingTimeout(protocol.HeaderTimeout, hearing, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _closing.Token);
        var receiver = new ProxyHeaderReceiver(connection, hearing);
        try
        {
            if (!await receiver.SpeaksAsync(ended.Token).ConfigureAwait(false))
            {
                AdmissionLog.LookedIn(log, connection.RemoteEndPoint);
                Drop(entered);
            }
            else if (isTrusted)
            {
                connection.Header = await receiver.ReceiveAsync(ended.Token).ConfigureAwait(false);
                Introduce(entered, connection, connection.Header);
            }
            else
            {
                TurnAway(entered);
            }
        }
        catch (ProxyHeaderException fault)
        {
            Refuse(entered, fault.Message);
        }
        catch (OperationCanceledException) when (late.Token.IsCancellationRequested)
        {
            Refuse(entered, $"it did not come within {protocol.HeaderTimeout.TotalSeconds:0.###} seconds");
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            AdmissionLog.HeaderLost(log, connection.RemoteEndPoint, error.Message);
            Drop(entered);
        }
        catch (Exception error)
        {
            TransportLog.AcceptedConnectionNotTaken(log, connection.LocalEndPoint, error);
            Drop(entered);
        }
    }

    private void Introduce(ListenerConnection entered, SocketConnection connection, DicomProxyHeader header)
    {
        AdmissionLog.Introduced(log, connection.RemoteEndPoint, header.Proxy!, header.Version);
        if (header.IsLocal || door.Admits(connection))
        {
            takeIn(entered);
            return;
        }

        entered.Leave();
        door.Deny(connection);
    }

    private void TurnAway(ListenerConnection entered)
    {
        var address = entered.Connection.RemoteEndPoint.Address;
        if (_strangers.Note(RemoteHost.Of(address)) is > 0 and var count)
        {
            AdmissionLog.NoProxy(log, address, count);
        }

        entered.Leave();
        door.Close(entered.Connection, "not_a_proxy");
    }

    private void Refuse(ListenerConnection entered, string fault)
    {
        var peer = entered.Connection.RemoteEndPoint;
        if (_broken.Note(RemoteHost.Of(peer.Address)) is > 0 and var count)
        {
            AdmissionLog.HeaderRefused(log, peer, fault, count);
        }

        entered.Leave();
        door.Close(entered.Connection, "proxy_header");
    }

    private static void Drop(ListenerConnection entered)
    {
        entered.Leave();
        entered.Connection.Close();
    }
}
