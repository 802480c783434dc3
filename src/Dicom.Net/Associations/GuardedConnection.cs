using System.Buffers;
using System.Net;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>What the hosted code of a <see cref="GuardedPduLayer"/> reads and writes, in pieces as it likes; PDUs pass whole.</summary>
/// <remarks>
/// That a PDU goes out in one piece has a second use: libraries that write its header by itself wait for the peer's delayed acknowledgement
/// before each next one.
/// </remarks>
internal sealed class GuardedConnection(AssociationGuard guard, ArraySegment<byte> request, Task<ArraySegment<byte>>? ahead) : PduConnection
{
    private readonly PooledBuffer _begun = new();
    private ArraySegment<byte> _pdu = request;
    private int _taken;
    private Task<ArraySegment<byte>>? _ahead = ahead;

    public override IPEndPoint LocalEndPoint => guard.Connection.LocalEndPoint;

    public override IPEndPoint RemoteEndPoint => guard.Connection.RemoteEndPoint;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_taken == _pdu.Count)
        {
            _pdu = await NextPduAsync(cancellationToken).ConfigureAwait(false);
            _taken = 0;
        }

        var count = Math.Min(buffer.Length, _pdu.Count - _taken);
        _pdu.AsSpan(_taken, count).CopyTo(buffer.Span);
        _taken += count;
        if (_taken == _pdu.Count && _pdu.Array is { } array)
        {
            _pdu = default;
            _taken = 0;
            ArrayPool<byte>.Shared.Return(array);
        }

        return count;
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_begun.Length == 0 && SizeOf(bytes.Span) is { } size && size <= bytes.Length)
            {
                await guard.SendPduAsync(bytes[..size], cancellationToken).ConfigureAwait(false);
                bytes = bytes[size..];
                continue;
            }

            bytes = bytes[Gather(bytes.Span)..];
            if (SizeOf(_begun.Memory.Span) == _begun.Length)
            {
                await guard.SendPduAsync(_begun.Memory, cancellationToken).ConfigureAwait(false);
                _begun.Dispose();
            }
        }
    }

    /// <summary>Nothing: the guard knows when the last PDU is out.</summary>
    public override void ShutdownSend()
    {
    }

    public override void Close() => guard.Leave();

    public override void Abort() => guard.LeaveForced();

    /// <summary>The one behind the request may be awaited already.</summary>
    private async ValueTask<ArraySegment<byte>> NextPduAsync(CancellationToken cancellationToken)
    {
        if (_ahead is null)
        {
            return await guard.NextPduAsync(cancellationToken).ConfigureAwait(false);
        }

        var pdu = await _ahead.WaitAsync(cancellationToken).ConfigureAwait(false);
        _ahead = null;
        return pdu;
    }

    /// <summary>The size of the PDU that begins here; null while its header is not whole.</summary>
    private int? SizeOf(ReadOnlySpan<byte> bytes)
    {
        if (!PduHeader.TryRead(bytes, out var header))
        {
            return null;
        }

        var size = PduHeader.Size + (long)header.Length;
        return size <= guard.MaximumSize ? (int)size : throw new IOException($"A PDU of {size} bytes is not sent: {guard.MaximumSize} is the limit.");
    }

    /// <summary>Keeps what the PDU that was begun still lacks, its header first.</summary>
    private int Gather(ReadOnlySpan<byte> bytes)
    {
        var whole = SizeOf(_begun.Memory.Span) ?? PduHeader.Size;
        var count = Math.Min(bytes.Length, whole - _begun.Length);
        _begun.Append(bytes[..count]);
        return count;
    }
}
