using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>The operating system's many socket errors, sorted into the transport's few kinds and said in plain words.</summary>
internal static class SocketErrors
{
    public static TransportErrorKind KindOf(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => TransportErrorKind.AddressInUse,
        SocketError.AddressNotAvailable => TransportErrorKind.AddressNotAvailable,
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported or SocketError.ProtocolNotSupported
            => TransportErrorKind.AddressFamilyNotSupported,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => TransportErrorKind.HostNotFound,
        SocketError.AccessDenied => TransportErrorKind.AccessDenied,
        SocketError.ConnectionRefused => TransportErrorKind.ConnectionRefused,
        SocketError.TimedOut => TransportErrorKind.TimedOut,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown
            => TransportErrorKind.NetworkUnreachable,
        // Writing to what the peer has closed is "shutdown" (EPIPE) on one platform and "aborted" or "reset" on another.
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.NetworkReset or SocketError.Shutdown
            => TransportErrorKind.ConnectionReset,
        SocketError.OperationAborted => TransportErrorKind.Closed,
        _ => TransportErrorKind.Other,
    };

    /// <summary>Half a sentence that says why, to stand behind an end point and a colon.</summary>
    public static string ReasonOf(SocketException error) => KindOf(error.SocketErrorCode) switch
    {
        TransportErrorKind.AddressInUse => "the local address and port are already in use",
        TransportErrorKind.AddressNotAvailable => "the address is not available on this machine",
        TransportErrorKind.AddressFamilyNotSupported => "this machine does not support the address family",
        TransportErrorKind.HostNotFound => "the name is not known",
        TransportErrorKind.AccessDenied => "the operating system or a firewall forbids it",
        TransportErrorKind.ConnectionRefused => "connection refused, nothing listens there",
        TransportErrorKind.TimedOut => "no answer in time",
        TransportErrorKind.NetworkUnreachable => "no route leads there",
        TransportErrorKind.ConnectionReset => "the peer or the network broke the connection",
        TransportErrorKind.Closed => "the socket was closed on this side",
        _ => $"{error.Message} ({error.SocketErrorCode})",
    };

    /// <summary>
    /// True where accept() reports the end of one connection that died in the queue, and the next may be accepted at once.
    /// Linux hands errors of the new connection's network to accept() too: accept(2), "Error handling".
    /// </summary>
    public static bool ConcernsOneConnectionOnly(SocketError error) => error is SocketError.ConnectionReset
        or SocketError.ConnectionAborted or SocketError.TimedOut or SocketError.NetworkDown or SocketError.NetworkUnreachable
        or SocketError.NetworkReset or SocketError.HostDown or SocketError.HostUnreachable or SocketError.ProtocolOption
        or SocketError.Interrupted;
}
