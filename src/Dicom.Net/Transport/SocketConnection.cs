using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Dicom.Net.Transport;

/// <summary>A connection over a plain TCP socket, which it owns. Neither receiving nor sending allocates.</summary>
internal sealed class SocketConnection : PduConnection, IImmediateReceiver, IReceiveProgress
{
    private readonly Socket _socket;
    private readonly IPEndPoint _local;
    private readonly IPEndPoint _remote;
    private int _ended;
    private long _received;
    private bool _fetching;
    private bool _peerClosed;

    /// <exception cref="TransportException">The connection has ended already.</exception>
    public SocketConnection(Socket socket)
    {
        _socket = socket;
        try
        {
            socket.Blocking = false; // Send and TryReceive take what can be had at once; the asynchronous calls do not mind.
            _local = ((IPEndPoint)socket.LocalEndPoint!).Unmapped();
            _remote = ((IPEndPoint)socket.RemoteEndPoint!).Unmapped();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Explain(e);
        }
    }

    public override IPEndPoint LocalEndPoint => Header?.Destination ?? _local;

    public override IPEndPoint RemoteEndPoint => Header?.Source ?? _remote;

    /// <summary>What a proxy has said of the connection before it is used: from then on its end points are those of whom the proxy speaks for.</summary>
    public DicomProxyHeader? Header { get; set; }

    public long Received => Volatile.Read(ref _received);

    /// <remarks>
    /// What is just being fetched is neither unread nor counted for a moment: one looks again. Only a receive that had to wait has that moment
    /// unseen; the runtime makes it, as soon as bytes come.
    /// </remarks>
    public long CountCome()
    {
        var spin = default(SpinWait);
        while (true)
        {
            var before = Received;
            var come = before + Unread();
            if (!Volatile.Read(ref _fetching) && Received == before)
            {
                return come;
            }

            spin.SpinOnce();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _fetching, true);
        try
        {
            var receive = _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            Volatile.Write(ref _fetching, receive.IsCompleted);
            var count = await receive.ConfigureAwait(false);
            Volatile.Write(ref _received, _received + count);
            return count;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Explain(e);
        }
        finally
        {
            Volatile.Write(ref _fetching, false);
        }
    }

    public bool WaitUntilReadable(TimeSpan patience)
    {
        try
        {
            return _socket.Poll(patience, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Explain(e);
        }
    }

    public bool TryReceive(Span<byte> room, out int count)
    {
        Volatile.Write(ref _fetching, true);
        try
        {
            if (!TryReceive(room, SocketFlags.None, out count))
            {
                return false;
            }

            Volatile.Write(ref _received, _received + count);
            _peerClosed = count == 0;
            return true;
        }
        finally
        {
            Volatile.Write(ref _fetching, false);
        }
    }

    /// <summary>As <see cref="TryReceive(Span{byte}, out int)"/>, and what is there stays there.</summary>
    public bool TryPeek(Span<byte> room, out int count) => TryReceive(room, SocketFlags.Peek, out count);

    private int Unread()
    {
        try
        {
            return _socket.Available;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private bool TryReceive(Span<byte> room, SocketFlags flags, out int count)
    {
        try
        {
            count = _socket.Receive(room, flags, out var error);
            return error switch
            {
                SocketError.Success => true,
                SocketError.WouldBlock => false,
                _ => throw Explain(new SocketException((int)error)),
            };
        }
        catch (ObjectDisposedException e)
        {
            throw Explain(e);
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        try
        {
            // What the system takes at once needs no asynchronous machinery.
            var sent = _socket.Send(bytes.Span, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success when sent == bytes.Length => ValueTask.CompletedTask,
                SocketError.Success or SocketError.WouldBlock => SendRestAsync(bytes[sent..], cancellationToken),
                _ => ValueTask.FromException(Explain(new SocketException((int)error))),
            };
        }
        catch (ObjectDisposedException e)
        {
            return ValueTask.FromException(Explain(e));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var sent = await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                bytes = bytes[sent..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Explain(e);
        }
    }

    public override void ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has ended: the peer will get nothing more anyway, which is all that was asked.
        }
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        // .NET turns the close of a socket on which something is pending into a reset, unless sending was shut down before.
        ShutdownSend();
        if (!_peerClosed)
        {
            DiscardUnread();
        }

        _socket.Dispose();
    }

    public override void Abort()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0); // A close with linger 0 sends RST.
        }
        catch (SocketException)
        {
            // The peer was quicker: there is nothing left to reset.
        }

        _socket.Dispose();
    }

    /// <summary>Real blocking socket calls for the synchronous half.</summary>
    public override Stream AsStream()
    {
        _socket.Blocking = true;
        return new NetworkStream(_socket, ownsSocket: true);
    }

    // An operating system resets a connection that is closed with bytes unread (RFC 1122 §4.2.2.13), and a reset may destroy the
    // last PDU on its way to the peer. What comes later than this is the caller's care: it should await the peer's close first.
    private void DiscardUnread()
    {
        const int most = 4 << 20; // arbitrary: about the largest receive buffer that Linux gives by itself
        var scrap = ArrayPool<byte>.Shared.Rent(64 << 10); // arbitrary
        try
        {
            _socket.Blocking = false; // It may have become a stream. A receive that is pending may empty the buffer first.
            for (var total = 0; total < most;)
            {
                var discarded = _socket.Receive(scrap, SocketFlags.None, out var error);
                if (discarded <= 0 || error != SocketError.Success)
                {
                    return;
                }

                total += discarded;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has ended: there is nothing left to save.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scrap);
        }
    }

    private TransportException Explain(Exception e) => e switch
    {
        SocketException error when _ended == 0 && SocketErrors.KindOf(error.SocketErrorCode) is var kind and not TransportErrorKind.Closed
            => new TransportException(kind, $"The connection with {Peer} is lost: {SocketErrors.ReasonOf(error)}.", error),
        _ => new TransportException(TransportErrorKind.Closed, $"The connection with {Peer} was closed on this side.", e),
    };

    // Unknown while the constructor fails.
    private string Peer => RemoteEndPoint?.ToString() ?? "the peer";
}
