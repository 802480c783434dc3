using System.Net;
using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>A connection that is recorded as if somebody had listened on the wire.</summary>
internal sealed class PcapngConnection : PduConnection, IReceiveProgress
{
    private readonly PduConnection _inner;
    private readonly IReceiveProgress? _progress;
    private readonly TimeProvider _time;
    private readonly PcapngFlow _flow;
    private volatile bool _isClosed;

    public PcapngConnection(PduConnection inner, AssociationRole role, TimeProvider time, PcapngTrace trace)
    {
        (_inner, _progress, _time) = (inner, inner as IReceiveProgress, time);
        _flow = new(
            trace, inner.LocalEndPoint, inner.RemoteEndPoint, new PduMask(trace.MasksDataSets).Apply, new PduMask(trace.MasksDataSets).Apply);
        _flow.TellOpened(time.GetUtcNow(), isOpenedHere: role == AssociationRole.Requestor);
    }

    public override IPEndPoint LocalEndPoint => _inner.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => _inner.RemoteEndPoint;

    public long Received => _progress?.Received ?? 0;

    public long CountCome() => _progress?.CountCome() ?? 0;

    public long LookedAt => _progress?.LookedAt ?? 0;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var count = await _inner.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count > 0)
            {
                _flow.TellData(_time.GetUtcNow(), isSent: false, buffer.Span[..count]);
            }
            else if (!buffer.IsEmpty)
            {
                _flow.TellEnd(_time.GetUtcNow(), isSent: false);
            }

            return count;
        }
        catch (IOException) when (!_isClosed)
        {
            // Else it is our own close that ends the receiving.
            _flow.TellReset(_time.GetUtcNow(), isSent: false);
            throw;
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Before it goes out: after that, the peer's answer might overtake it.
        _flow.TellData(_time.GetUtcNow(), isSent: true, bytes.Span);
        return _inner.SendAsync(bytes, cancellationToken);
    }

    public override void ShutdownSend()
    {
        _flow.TellEnd(_time.GetUtcNow(), isSent: true);
        _inner.ShutdownSend();
    }

    public override void Close()
    {
        _isClosed = true;
        _flow.TellEnd(_time.GetUtcNow(), isSent: true);
        _inner.Close();
    }

    public override void Abort()
    {
        _isClosed = true;
        _flow.TellReset(_time.GetUtcNow(), isSent: true);
        _inner.Abort();
    }
}
