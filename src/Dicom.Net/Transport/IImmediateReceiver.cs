namespace Dicom.Net.Transport;

/// <summary>
/// A connection that a thread may wait for itself. As long as nothing but this is used to receive, the runtime's own watch over sockets
/// has no part in it: no event goes through its thread and the pool, which costs as much as all else that a small message needs.
/// </summary>
internal interface IImmediateReceiver
{
    /// <summary>Blocks this thread until there is something to receive: bytes, the peer's close, or an error.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>False: there was nothing in all that time.</returns>
    /// <exception cref="IOException">The connection was closed on this side.</exception>
    bool WaitUntilReadable(TimeSpan patience);

    /// <summary>Receives what is there, without waiting.</summary>
    /// <param name="room">Where the bytes go; not empty.</param>
    /// <param name="count">The number of bytes; 0 where the peer has closed its side in order.</param>
    /// <returns>False: nothing is there.</returns>
    /// <exception cref="IOException">The connection is broken, or was closed on this side.</exception>
    bool TryReceive(Span<byte> room, out int count);
}
