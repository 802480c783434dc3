using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Dicom.Net.Transport;

/// <summary>A connection secured by TLS, above another one, which it owns. Neither receiving nor sending allocates.</summary>
/// <remarks>
/// <para>The end is told as TLS wants it (RFC 8446 §6.1): close_notify goes out before the connection below is closed, and where the
/// peer ends that one without it, what came may have been cut short by somebody else: the connection is lost.</para>
/// </remarks>
internal sealed class TlsConnection(PduConnection below, TlsRecordStream records, SslStream ssl, TlsCipherTurn turn) : PduConnection
{
    private readonly Lock _gate = new();
    private volatile bool _sending;
    private bool _saidEnd;
    private bool _closed;

    public override IPEndPoint LocalEndPoint => below.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => below.RemoteEndPoint;

    /// <summary>What was agreed on.</summary>
    public TlsLinkFacts Facts { get; } = TlsLinkFacts.Of(ssl);

    /// <summary>Why it broke, where TLS noticed that; null while it has not.</summary>
    public string? Failure { get; private set; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        turn.Take();
        try
        {
            var count = await ssl.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return count > 0 || buffer.IsEmpty || !records.HasEnded
                ? count
                : throw Fail(TransportErrorKind.ConnectionReset, "was cut off: the peer did not say that it ends here (no close_notify)", null);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw Explain(error);
        }
        finally
        {
            turn.Yield();
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed || _saidEnd)
            {
                return ValueTask.FromException(ClosedHere(null));
            }

            _sending = true;
        }

        var sending = ssl.WriteAsync(bytes, cancellationToken);
        if (!sending.IsCompletedSuccessfully)
        {
            return SendRestAsync(sending);
        }

        sending.GetAwaiter().GetResult();
        _sending = false;
        return ValueTask.CompletedTask;
    }

    public override void ShutdownSend()
    {
        if (TryBegin(ref _saidEnd))
        {
            SayEnd();
        }

        below.ShutdownSend();
    }

    public override void Close()
    {
        var saysEnd = TryBegin(ref _saidEnd);
        if (TryBeginClose())
        {
            if (saysEnd)
            {
                SayEnd();
            }

            below.Close();
            ssl.Dispose();
        }
    }

    public override void Abort()
    {
        if (TryBeginClose())
        {
            below.Abort();
            ssl.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendRestAsync(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw Explain(error);
        }
        finally
        {
            _sending = false;
        }
    }

    /// <summary>Once, and not in the midst of a record: what is cut off there needs no good-bye.</summary>
    private bool TryBegin(ref bool begun)
    {
        lock (_gate)
        {
            var may = !begun && !_sending && !_closed;
            begun |= may;
            return may;
        }
    }

    private bool TryBeginClose()
    {
        lock (_gate)
        {
            var isFirst = !_closed;
            _closed = true;
            return isFirst;
        }
    }

    private void SayEnd()
    {
        turn.Take();
        try
        {
            _ = ObserveAsync(ssl.ShutdownAsync());
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection has broken already: there is nobody to tell.
        }
        finally
        {
            turn.Yield();
        }
    }

    // What the system does not take at once is not waited for: a peer that does not read gets no good-bye.
    private static async Task ObserveAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // As above.
        }
    }

    private TransportException Explain(Exception error) => error switch
    {
        TransportException known => known,
        _ when _closed => ClosedHere(error),
        _ => Fail(TransportErrorKind.ConnectionReset, $"broke: {(error.InnerException ?? error).Message.TrimEnd('.')}", error),
    };

    private TransportException ClosedHere(Exception? error) =>
        new(TransportErrorKind.Closed, $"The connection with {RemoteEndPoint} was closed on this side.", error);

    private TransportException Fail(TransportErrorKind kind, string what, Exception? error)
    {
        Failure = $"The secure link with {RemoteEndPoint} {what}.";
        return new(kind, Failure, error);
    }
}
