using System.Net;
using System.Threading.Tasks.Sources;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>
/// A connection whose other side is the test itself, on the test's own thread: when <see cref="Deliver"/> returns, what it delivered
/// has been worked off. A close is noticed on a thread of the pool, as with sockets.
/// </summary>
internal sealed class InlineConnection : PduConnection, IReceiveProgress, IValueTaskSource<int>
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _writes = [];
    private ManualResetValueTaskSourceCore<int> _receive;
    private TaskCompletionSource? _stalledSend;
    private ReadOnlyMemory<byte> _unread;
    private Memory<byte> _destination;
    private Exception? _broken;
    private bool _isWaiting;
    private bool _hasEnded;

    public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Parse("192.0.2.2"), 11112);

    public override IPEndPoint RemoteEndPoint { get; } = new(IPAddress.Parse("192.0.2.1"), 50000);

    /// <summary>True: a send is not done before <see cref="CompleteSend"/>.</summary>
    public bool StallsSends { get; set; }

    /// <summary>True: a stalled send outlives the close of the connection, as one may that the system was just completing.</summary>
    public bool KeepsSendsOnClose { get; set; }

    /// <summary>The exception of the next send.</summary>
    public Exception? SendError { get; set; }

    public bool IsClosed { get; private set; }

    public bool IsAborted { get; private set; }

    public bool HasShutDown { get; private set; }

    /// <summary>The most room that a receive offered.</summary>
    public int LargestReceiveBuffer { get; private set; }

    /// <summary>Each send's bytes.</summary>
    public List<byte[]> Writes
    {
        get
        {
            lock (_gate)
            {
                return [.. _writes];
            }
        }
    }

    public List<RawPdu> SentPdus => RawPdu.Parse(Writes.SelectMany(write => write).ToArray());

    /// <summary>Bytes delivered and not received.</summary>
    public int Unread => _unread.Length;

    public long Received { get; private set; }

    public long CountCome() => Received + Unread;

    public bool IsSendStalled => _stalledSend is { Task.IsCompleted: false };

    /// <summary>Bytes from the peer.</summary>
    public void DeliverMemory(ReadOnlyMemory<byte> bytes)
    {
        DeliverUnnoticed(bytes);
        Notice();
    }

    /// <summary>Bytes from the peer, which no thread has the time to receive before <see cref="Notice"/>.</summary>
    public void DeliverUnnoticed(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            _unread = _unread.IsEmpty ? bytes : _unread.ToArray().Concat(bytes.ToArray()).ToArray();
        }
    }

    /// <summary>A thread has the time to receive what was delivered.</summary>
    public void Notice() => Wake();

    public void Deliver(params byte[][] pdus) => DeliverMemory(pdus.SelectMany(pdu => pdu).ToArray());

    /// <summary>The peer closes its side.</summary>
    public void End()
    {
        _hasEnded = true;
        Wake();
    }

    /// <summary>The connection is lost.</summary>
    public void Break()
    {
        _broken = new TransportException(TransportErrorKind.ConnectionReset, "The test broke the connection.");
        Wake();
    }

    public void CompleteSend() => _stalledSend!.SetResult();

    public void FailSend() =>
        _stalledSend!.SetException(new TransportException(TransportErrorKind.ConnectionReset, "The test broke the connection."));

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Assert.False(_isWaiting, "Two receives at once.");
            LargestReceiveBuffer = Math.Max(LargestReceiveBuffer, buffer.Length);
            if (_broken is { } error)
            {
                return ValueTask.FromException<int>(error);
            }

            if (!_unread.IsEmpty || _hasEnded)
            {
                return new(Take(buffer));
            }

            _isWaiting = true;
            _destination = buffer;
            _receive.Reset();
            return new(this, _receive.Version);
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (SendError is { } error)
        {
            throw error;
        }

        lock (_gate)
        {
            Assert.False(IsSendStalled, "Two sends at once.");
            _writes.Add(bytes.ToArray());
        }

        if (!StallsSends)
        {
            return default;
        }

        _stalledSend = new();
        return new(_stalledSend.Task.WaitAsync(cancellationToken));
    }

    public override void ShutdownSend() => HasShutDown = true;

    public override void Close()
    {
        IsClosed = true;
        EndOwnSide();
    }

    public override void Abort()
    {
        IsAborted = true;
        EndOwnSide();
    }

    int IValueTaskSource<int>.GetResult(short token) => _receive.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _receive.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _receive.OnCompleted(continuation, state, token, flags);

    private void EndOwnSide()
    {
        _broken ??= new TransportException(TransportErrorKind.Closed, "This side closed the connection.");
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Wake(), this, preferLocal: false);
        if (!KeepsSendsOnClose)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self._stalledSend?.TrySetException(self._broken!), this, preferLocal: false);
        }
    }

    private void Wake()
    {
        int count;
        lock (_gate)
        {
            if (!_isWaiting)
            {
                return;
            }

            _isWaiting = false;
            count = _broken is null ? Take(_destination) : 0;
        }

        if (_broken is { } error)
        {
            _receive.SetException(error);
        }
        else
        {
            _receive.SetResult(count);
        }
    }

    private int Take(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _unread.Length);
        _unread.Span[..count].CopyTo(buffer.Span);
        _unread = _unread[count..];
        Received += count;
        return count;
    }
}
