using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Doctor;

/// <summary>The step of a bare TCP connection to one address.</summary>
internal static class PeerReach
{
    private const string Step = "connect";

    public static async Task<Finding> TryAsync(IPEndPoint peer, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(patience, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        var began = Stopwatch.GetTimestamp();
        try
        {
            // Of a family that this machine has not there is no socket either.
            using var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(peer, ended.Token);
            return Equals(socket.LocalEndPoint, peer)
                ? Refused(peer) // TCP's simultaneous open with itself (RFC 9293 §3.5): nobody else is there.
                : Finding.Good(Step, $"{peer} takes connections, {Sizes.Time(Stopwatch.GetElapsedTime(began))}.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Silent(peer, patience);
        }
        catch (SocketException error)
        {
            return Explain(peer, error);
        }
    }

    private static Finding Explain(IPEndPoint peer, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => Refused(peer),
        SocketError.TimedOut => Silent(peer, patience: null),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown => Finding.Bad(
            Step, ExitCode.NoConnection, $"No way leads from this machine to {peer.Address}.",
            $"Check this machine's address, its cable or VPN, and its routes: ping {peer.Address}."),
        SocketError.AccessDenied => Finding.Bad(
            Step, ExitCode.NoConnection, $"This machine may not connect to {peer}.", "A firewall on this machine forbids it."),
        SocketError.AddressFamilyNotSupported => Finding.Bad(
            Step, ExitCode.NoConnection, $"This machine has no {(peer.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")}.",
            "Use the peer's address of the other family."),
        _ => Finding.Bad(Step, ExitCode.NoConnection, $"{peer}: {error.Message}.", $"See whether the machine is there: ping {peer.Address}."),
    };

    private static Finding Refused(IPEndPoint peer) => Finding.Bad(
        Step, ExitCode.NoConnection, $"{peer} refuses: the machine is there, and nothing listens on this port.",
        "Start the peer's DICOM service, or find out its port (104 and 11112 are usual, 2762 with TLS). A firewall may refuse so, too. "
        + "There: dicomnet doctor --listen.");

    private static Finding Silent(IPEndPoint peer, TimeSpan? patience) => Finding.Bad(
        Step, ExitCode.TimeLimit, $"{peer} does not answer{(patience is { } time ? $" within {Sizes.Time(time)}" : "")}.",
        $"The machine is off, has another address, or a firewall drops what comes: ping {peer.Address}, and ask who looks after the firewall.");
}
