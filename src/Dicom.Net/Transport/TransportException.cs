using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>The one exception of the transport: the message is written for the person who has to do something about it.</summary>
internal sealed class TransportException(TransportErrorKind kind, string message, Exception? inner = null) : IOException(message, inner)
{
    public TransportErrorKind Kind { get; } = kind;

    /// <summary>The operating system's own code, where the error came from there.</summary>
    public SocketError? SocketError { get; } = (inner as SocketException)?.SocketErrorCode ?? (inner as TransportException)?.SocketError;

    public static TransportException BadParameter(string message) => new(TransportErrorKind.BadParameter, message);
}
