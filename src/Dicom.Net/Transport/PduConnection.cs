using System.Net;

namespace Dicom.Net.Transport;

/// <summary>
/// One transport connection as a PDU layer sees it: a duplex stream of bytes and the end points of both sides (PS3.8 §9.1.1).
/// A wrapper may derive from it to watch, delay or damage the bytes.
/// </summary>
/// <remarks>
/// One receive and one send may be under way at the same time, from different threads; not two of a kind.
/// <see cref="Close"/> and <see cref="Abort"/> may be called at any time, from any thread, more than once, and make a call that is
/// under way end with an <see cref="IOException"/>.
/// </remarks>
public abstract class PduConnection : IAsyncDisposable
{
    /// <summary>This side's address and port. An IPv4 address is always shown as one, never as IPv4-mapped IPv6.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>The peer's address and port. An IPv4 address is always shown as one, never as IPv4-mapped IPv6.</summary>
    public abstract IPEndPoint RemoteEndPoint { get; }

    /// <summary>Receives what has come, waiting for at least one byte.</summary>
    /// <param name="buffer">
    /// Where the bytes go. An empty buffer only waits until a receive would not wait, and consumes nothing: so an idle connection needs
    /// no buffer.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; no byte is lost by that.</param>
    /// <returns>The number of bytes; 0 (with a buffer that is not empty) where the peer has closed its side in order.</returns>
    /// <exception cref="IOException">The connection is broken, or was closed on this side.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends all the bytes, in order: it is done when the operating system has taken the last of them.</summary>
    /// <param name="bytes">What to send; not to be changed before the send is done.</param>
    /// <param name="cancellationToken">
    /// Gives the send up. A part may have been sent, so the connection is then good for <see cref="Abort"/> only.
    /// </param>
    /// <returns>A task that ends with the send.</returns>
    /// <exception cref="IOException">The connection is broken, or was closed on this side.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Tells the peer that nothing more will be sent; what it still sends can be received. Of a connection that has ended, nothing
    /// happens.
    /// </summary>
    public abstract void ShutdownSend();

    /// <summary>Closes in order and without waiting: what was sent still goes out, then the peer sees the end of the stream.</summary>
    public abstract void Close();

    /// <summary>Resets: what was not delivered is thrown away, and the peer sees a broken connection at once.</summary>
    public abstract void Abort();

    /// <summary>
    /// The connection as a stream, for a layer that wants one. Synchronous reads and writes work and block their thread; disposing the
    /// stream closes the connection.
    /// </summary>
    /// <returns>A stream over this very connection, without a buffer of its own.</returns>
    public virtual Stream AsStream() => new PduConnectionStream(this);

    /// <summary>As <see cref="Close"/>.</summary>
    /// <returns>A task that ends with the disposal.</returns>
    public virtual ValueTask DisposeAsync()
    {
        Close();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
