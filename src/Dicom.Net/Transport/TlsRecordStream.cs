namespace Dicom.Net.Transport;

/// <summary>
/// The encrypted side of a TLS connection, between <see cref="System.Net.Security.SslStream"/> and the connection below. It notes what
/// tells a failure's cause: how the peer began, and whether it has ended the connection below.
/// </summary>
/// <remarks>
/// While it waits for the peer, the receiver does not use the cipher: that is when others may (<see cref="TlsCipherTurn"/>).
/// </remarks>
internal sealed class TlsRecordStream(PduConnection below, TlsCipherTurn turn) : Stream
{
    /// <summary>The first byte that the peer sent; null before there is one. A TLS record begins with its type (RFC 8446 §5.1).</summary>
    public byte? FirstByte { get; private set; }

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

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        turn.Yield();
        int count;
        try
        {
            count = await below.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Take();
        }

        if (!buffer.IsEmpty)
        {
            HasEnded = count == 0;
            FirstByte ??= count > 0 ? buffer.Span[0] : null;
        }

        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        below.SendAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("TLS is done asynchronously here.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("TLS is done asynchronously here.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
