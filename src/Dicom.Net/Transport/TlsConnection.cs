using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using Dicom.Net.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Transport;

/// <summary>A connection secured by TLS, above another one, which it owns.</summary>
/// <remarks>
/// The end is told as TLS wants it (RFC 8446 §6.1): close_notify goes out before the connection below is closed, and where the
/// peer ends that one without it, what came may have been cut short by somebody else: the connection is lost.
/// </remarks>
internal sealed class TlsConnection(PduConnection below, TlsRecordStream records, SslStream ssl, TlsCipherTurn turn, ILogger log)
    : PduConnection, IReceiveProgress
{
    /// <summary>What fits one record (RFC 8446 §5.1).</summary>
    private const int LargestRecord = 16 * 1024;

    private readonly IReceiveProgress? _progress = below as IReceiveProgress;
    private readonly Lock _gate = new();
    private readonly Lock _lastWord = new();
    private bool _saidEnd;
    private bool _closed;

    public override IPEndPoint LocalEndPoint => below.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => below.RemoteEndPoint;

    public long Received => _progress?.Received ?? 0;

    public long CountCome() => _progress?.CountCome() ?? 0;

    public long LookedAt => records.LookedAt;

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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        BeginSend();
        try
        {
            if (bytes.Length <= LargestRecord)
            {
                await ssl.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                return;
            }

            records.BeginGathering();
            await ssl.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await records.SendGatheredAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw Explain(error);
        }
        finally
        {
            records.EndGathering();
            records.IsSending = false;
        }
    }

    public override void ShutdownSend()
    {
        SayEndOnce();
        below.ShutdownSend();
    }

    public override void Close()
    {
        SayEndOnce();
        if (TryBeginClose())
        {
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

    private void BeginSend()
    {
        lock (_gate)
        {
            if (_closed || _saidEnd)
            {
                throw ClosedHere(null);
            }

            records.IsSending = true;
        }
    }

    /// <summary>When it returns, close_notify has gone out, whoever it was that said it: only then may the connection below be closed.</summary>
    private void SayEndOnce()
    {
        lock (_lastWord)
        {
            if (TryBeginLastWord())
            {
                SayEnd();
            }
        }
    }

    /// <summary>Once, and not in the midst of a record, nor where the link has broken: what is cut off there needs no good-bye.</summary>
    private bool TryBeginLastWord()
    {
        lock (_gate)
        {
            var may = !_saidEnd && !records.IsSending && !_closed && Failure is null;
            _saidEnd |= may;
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
        if (!turn.TryTake())
        {
            return;
        }

        try
        {
            _ = ObserveAsync(ssl.ShutdownAsync());
        }
        catch (Exception error)
        {
            // Whatever each platform's library throws: a close must not fail of a good-bye that cannot be said.
            TlsLog.EndNotSaid(log, RemoteEndPoint, error.Message);
        }
        finally
        {
            turn.Yield();
        }
    }

    // What the system does not take at once is not waited for: a peer that does not read gets no good-bye.
    private async Task ObserveAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            TlsLog.EndNotSaid(log, RemoteEndPoint, error.Message);
        }
    }

    private TransportException Explain(Exception error) => error switch
    {
        TransportException known => known,
        _ when _closed => ClosedHere(error),
        _ => Fail(TransportErrorKind.ConnectionReset, $"broke: {TlsErrorWords.Describe(error)}", error),
    };

    private TransportException ClosedHere(Exception? error) =>
        new(TransportErrorKind.Closed, $"The connection with {RemoteEndPoint} was closed on this side.", error);

    private TransportException Fail(TransportErrorKind kind, string what, Exception? error)
    {
        Failure = $"The secure link with {RemoteEndPoint} {what}.";
        return new(kind, Failure, error);
    }
}
