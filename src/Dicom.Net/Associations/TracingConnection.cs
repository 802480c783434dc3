using System.Net;
using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>A connection whose bytes are watched on their way in both directions.</summary>
internal sealed class TracingConnection(PduConnection inner, TimeProvider time, Action<PduTraceEntry> trace)
    : PduConnection, IReceiveProgress
{
    private readonly IReceiveProgress? _progress = inner as IReceiveProgress;
    private readonly PduTap _sent = new();
    private readonly PduTap _received = new();

    public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public long Received => _progress?.Received ?? 0;

    public long CountCome() => _progress?.CountCome() ?? 0;

    public long LookedAt => _progress?.LookedAt ?? 0;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await inner.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0 && !buffer.IsEmpty)
        {
            Watch(_received, buffer.Span[..count], isSent: false);
        }

        return count;
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Watch(_sent, bytes.Span, isSent: true);
        return inner.SendAsync(bytes, cancellationToken);
    }

    public override void ShutdownSend() => inner.ShutdownSend();

    public override void Close() => inner.Close();

    public override void Abort() => inner.Abort();

    private void Watch(PduTap tap, ReadOnlySpan<byte> bytes, bool isSent)
    {
        foreach (var pdu in tap.Take(bytes))
        {
            trace(new(time.GetLocalNow(), isSent, LocalEndPoint, RemoteEndPoint, pdu.Header.Type, pdu.Header.Length, pdu.Summary));
        }
    }
}
