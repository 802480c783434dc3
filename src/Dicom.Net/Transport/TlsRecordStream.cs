using System.Runtime.CompilerServices;

namespace Dicom.Net.Transport;

/// <summary>
/// The encrypted side of a TLS connection, between <see cref="System.Net.Security.SslStream"/> and the connection below. It notes what
/// tells a failure's cause: how the peer began, and whether it has ended the connection below.
/// </summary>
/// <remarks>
/// <para>Rule 1: while it waits for the peer, the receiver does not use the cipher: that is when others may (<see cref="TlsCipherTurn"/>).</para>
/// <para>Rule 2: SslStream wants every record by itself, and a record holds 16 KiB at most (RFC 8446 §5.1). Here they come in and go out several
/// at a time: C-STORE of 512 KiB, as a ratio to a bare copy from SslStream to SslStream on one core: 0.80 → 0.92.</para>
/// <para>Rule 3: a buffer is held while something is in it, and not while the peer is waited for.</para>
/// </remarks>
internal sealed class TlsRecordStream(PduConnection below, TlsCipherTurn turn) : Stream
{
    /// <summary>
    /// The runtime may tell of bytes that were received meanwhile; the next time it does not. Then the wait may as well have its buffer (arbitrary).
    /// </summary>
    private const int MostWakingsInVain = 3;

    private readonly RecordBuffer _incoming = new();
    private readonly RecordBuffer _outgoing = new();
    private readonly IReceiveProgress? _progress = below as IReceiveProgress;
    private long _lookedAt;
    private volatile bool _isSending;
    private bool _gathers;

    /// <summary>The first byte that the peer sent; null before there is one. A TLS record begins with its type (RFC 8446 §5.1).</summary>
    public byte? FirstByte { get; private set; }

    /// <summary>The handshake's turn, while there is one under way.</summary>
    public TlsHandshakeTurn? Handshake { get; set; }

    /// <summary>
    /// What had been received when SslStream last had to wait for more. It has handed on all plaintext before it waits; so the rest is part of a record,
    /// or was of no use to anybody but TLS.
    /// </summary>
    public long LookedAt => Volatile.Read(ref _lookedAt);

    /// <summary>Whether the owner sends: what is written at other times is TLS's own, of the handshake or in the midst of a read.</summary>
    public bool IsSending
    {
        get => _isSending;
        set => _isSending = value;
    }

    /// <summary>Whether the peer has closed the connection below.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _incoming.Count > 0 ? new(_incoming.TakeInto(buffer.Span)) : ReceiveAsync(buffer, cancellationToken);

    /// <summary>From here on, what is written is gathered; a full buffer goes out at once, the rest with <see cref="SendGatheredAsync"/>.</summary>
    public void BeginGathering() => _gathers = true;

    /// <summary>Sends what has been gathered, and gathers no more.</summary>
    public ValueTask SendGatheredAsync(CancellationToken cancellationToken)
    {
        _gathers = false;
        return below.SendAsync(_outgoing.Content, cancellationToken);
    }

    /// <summary>Forgets what has been gathered: it was sent, or cannot be.</summary>
    public void EndGathering()
    {
        _gathers = false;
        _outgoing.Release();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        !_gathers ? SendAtOnce(buffer, cancellationToken)
        : _outgoing.TryAdd(buffer.Span) ? ValueTask.CompletedTask
        : SendFullAsync(buffer, cancellationToken);

    /// <summary>Gives back what was received and will not be read: after a failed handshake nobody reads any more.</summary>
    public void ReleaseUnread() => _incoming.Release();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // What is gathered has an end of its own.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("TLS is done asynchronously here.");

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>
    /// So SslStream sends the alert that says why a handshake has failed, and nothing else. What the system does not take at once is not waited
    /// for: this may be the thread of a caller who is not to wait.
    /// </summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            // The caller uses its bytes again.
            _ = ObserveAsync(below.SendAsync(buffer.ToArray(), CancellationToken.None));
        }
        catch (IOException)
        {
            // As there.
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        turn.Yield();
        BeginWaiting();
        try
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            if (Handshake is { } handshake && _incoming.Count > 0)
            {
                await handshake.EndWaitingAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            turn.Take();
            if (_incoming.Count == 0)
            {
                _incoming.Release();
            }
        }

        HasEnded = _incoming.Count == 0;
        FirstByte ??= HasEnded ? null : _incoming.Content.Span[0];
        return _incoming.TakeInto(buffer.Span);
    }

    /// <summary>From here on it is for the peer to do something.</summary>
    private void BeginWaiting()
    {
        if (_progress is not null)
        {
            Volatile.Write(ref _lookedAt, _progress.Received);
        }

        Handshake?.BeginWaiting();
    }

    private ValueTask SendAtOnce(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        var sending = below.SendAsync(buffer, cancellationToken);
        if (!sending.IsCompleted && !IsSending)
        {
            // A peer that does not read is waited for like one that does not write. Of what its owner sends a reader knows nothing.
            turn.AwaitPeer();
            BeginWaiting();
        }

        return sending;
    }

    private static async Task ObserveAsync(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The peer is gone, and will not learn why it was turned away.
        }
    }

    /// <summary>Waits until there is something, or the end, and receives it: for a read of no bytes too, which then is not woken in vain.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostWakingsInVain; attempt++)
        {
            await below.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            if (below is not IImmediateReceiver immediate)
            {
                break;
            }

            if (immediate.TryReceive(_incoming.MakeRoom().Span, out var count))
            {
                _incoming.Add(count);
                return;
            }

            _incoming.Release();
        }

        _incoming.Add(await below.ReceiveAsync(_incoming.MakeRoom(), cancellationToken).ConfigureAwait(false));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendFullAsync(ReadOnlyMemory<byte> next, CancellationToken cancellationToken)
    {
        await below.SendAsync(_outgoing.Content, cancellationToken).ConfigureAwait(false);
        _outgoing.Release();
        if (!_outgoing.TryAdd(next.Span))
        {
            await below.SendAsync(next, cancellationToken).ConfigureAwait(false);
        }
    }
}
