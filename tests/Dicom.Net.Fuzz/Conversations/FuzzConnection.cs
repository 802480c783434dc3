using System.Diagnostics;
using System.Net;
using System.Threading.Tasks.Sources;
using Dicom.Net.Transport;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// A connection whose other side is the conversation, on the conversation's own thread: when <see cref="Deliver"/> returns, what it
/// delivered has been worked off. That this side has closed is noticed when the conversation says so, as with sockets: later.
/// </summary>
internal sealed class FuzzConnection : PduConnection, IValueTaskSource<int>
{
    /// <summary>Real time, for threads of the pool to do their part: reached by faults only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // RFC 5737: addresses for documentation.
    private static readonly IPEndPoint Local = new(IPAddress.Parse("192.0.2.2"), 11112);
    private static readonly IPEndPoint Remote = new(IPAddress.Parse("192.0.2.1"), 50000);

    private readonly Lock _gate = new();
    private readonly MemoryStream _sent = new();
    private ManualResetValueTaskSourceCore<int> _receive;
    private TaskCompletionSource? _stalledSend;
    private byte[] _unread = [];
    private int _read;
    private Memory<byte> _destination;
    private TransportException? _broken;
    private bool _isWaiting;
    private bool _hasEnded;
    private bool _mustTell;

    public override IPEndPoint LocalEndPoint => Local;

    public override IPEndPoint RemoteEndPoint => Remote;

    /// <summary>True: a send is not done before <see cref="CompleteSend"/>.</summary>
    public bool StallsSends { get; set; }

    /// <summary>True: a send fails.</summary>
    public bool FailsSends { get; set; }

    /// <summary>What this side did that no connection stands. Null: nothing.</summary>
    public string? Fault { get; private set; }

    public bool IsClosed { get; private set; }

    public bool HasShutDown { get; private set; }

    /// <summary>Whether this side waits for bytes.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_gate)
            {
                return _isWaiting;
            }
        }
    }

    /// <summary>What this side has sent.</summary>
    public byte[] Sent
    {
        get
        {
            lock (_gate)
            {
                return _sent.ToArray();
            }
        }
    }

    public long SentLength
    {
        get
        {
            lock (_gate)
            {
                return _sent.Length;
            }
        }
    }

    /// <summary>Bytes of the peer.</summary>
    public void Deliver(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _unread = _read == _unread.Length ? bytes.ToArray() : [.. _unread.AsSpan(_read), .. bytes];
            _read = 0;
        }

        Wake();
    }

    /// <summary>The peer closes its side.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }

        Wake();
    }

    /// <summary>The network is gone.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _broken ??= new(TransportErrorKind.ConnectionReset, "The network is gone.");
        }

        Wake();
        FailStalledSend();
    }

    /// <summary>The peer reads what it was sent. False: nothing waited for that.</summary>
    public bool CompleteSend()
    {
        var stalled = TakeStalledSend();
        return stalled is not null && stalled.TrySetResult();
    }

    /// <summary>What this side has begun comes to rest.</summary>
    public void Settle()
    {
        while (TellOfClose())
        {
        }
    }

    /// <summary>Settles until a condition holds, or <see cref="Patience"/> is at its end.</summary>
    public void Await(Func<bool> condition)
    {
        var since = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!condition() && Stopwatch.GetElapsedTime(since) < Patience)
        {
            Settle();
            spin.SpinOnce(sleep1Threshold: 50);
        }
    }

    /// <summary>This side notices that it has closed. False: it has not, or knows already.</summary>
    public bool TellOfClose()
    {
        lock (_gate)
        {
            if (!_mustTell)
            {
                return false;
            }

            _mustTell = false;
        }

        Wake();
        FailStalledSend();
        return true;
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isWaiting)
            {
                Fault = "Two receives at once.";
                return ValueTask.FromException<int>(new InvalidOperationException(Fault));
            }

            if (_broken is { } error)
            {
                return ValueTask.FromException<int>(error);
            }

            if (_read < _unread.Length || _hasEnded)
            {
                return new(Take(buffer.Span));
            }

            _isWaiting = true;
            _destination = buffer;
            _receive.Reset();
            return new(this, _receive.Version);
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_broken is not null || FailsSends)
            {
                return ValueTask.FromException(_broken ?? new(TransportErrorKind.ConnectionReset, "The peer is gone."));
            }

            Fault ??= HasShutDown ? "A send after this side had said that there would be none." : null;
            Fault ??= _stalledSend is not null ? "Two sends at once." : null;
            _sent.Write(bytes.Span);
            if (!StallsSends)
            {
                return default;
            }

            _stalledSend = new();
            return new(_stalledSend.Task);
        }
    }

    public override void ShutdownSend() => HasShutDown = true;

    public override void Close() => EndOwnSide();

    public override void Abort() => EndOwnSide();

    int IValueTaskSource<int>.GetResult(short token) => _receive.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _receive.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _receive.OnCompleted(continuation, state, token, flags);

    private void EndOwnSide()
    {
        lock (_gate)
        {
            _mustTell |= !IsClosed;
            IsClosed = true;
            _broken ??= new(TransportErrorKind.Closed, "This side has closed the connection.");
        }
    }

    private void Wake()
    {
        TransportException? error;
        var count = 0;
        lock (_gate)
        {
            if (!_isWaiting)
            {
                return;
            }

            _isWaiting = false;
            error = _broken;
            count = error is null ? Take(_destination.Span) : 0;
        }

        if (error is null)
        {
            _receive.SetResult(count);
        }
        else
        {
            _receive.SetException(error);
        }
    }

    private void FailStalledSend() => TakeStalledSend()?.TrySetException(_broken!);

    private TaskCompletionSource? TakeStalledSend()
    {
        lock (_gate)
        {
            var stalled = _stalledSend;
            _stalledSend = null;
            return stalled;
        }
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _unread.Length - _read);
        _unread.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }
}
