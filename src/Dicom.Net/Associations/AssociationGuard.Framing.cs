using System.Buffers;
using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>Bytes of the peer become PDUs.</summary>
internal sealed partial class AssociationGuard
{
    /// <summary>Most PDUs fit into it; more is reserved when as much has come. Arbitrary.</summary>
    private const int FirstRoom = 16 * 1024;

    private readonly byte[] _header = new byte[PduHeader.Size];

    private async ValueTask<ArraySegment<byte>> ReadPduAsync(CancellationToken cancellationToken)
    {
        OnWaiting();
        await WaitForOneAsync(cancellationToken).ConfigureAwait(false);
        OnPduBegun();
        if (!await FillAsync(_header).ConfigureAwait(false) || !PduHeader.TryRead(_header, out var header))
        {
            return default;
        }

        PduReader.Check(header, _limits);
        var pdu = await ReadBodyAsync((int)header.Length).ConfigureAwait(false);
        if (pdu.Count == 0)
        {
            return default;
        }

        OnPduEnded();
        Count(isSent: false, pdu);
        return pdu;
    }

    /// <summary>Reads what follows the header. Room grows as bytes come: it is not for a length that somebody claims.</summary>
    private async ValueTask<ArraySegment<byte>> ReadBodyAsync(int length)
    {
        var size = PduHeader.Size + length;
        var pdu = ArrayPool<byte>.Shared.Rent(Math.Min(size, FirstRoom));
        _header.CopyTo(pdu, 0);
        for (var filled = PduHeader.Size; filled < size;)
        {
            var room = Math.Min(pdu.Length, size);
            if (!await FillAsync(pdu.AsMemory(filled..room)).ConfigureAwait(false))
            {
                ArrayPool<byte>.Shared.Return(pdu);
                return default;
            }

            filled = room;
            pdu = filled < size ? Grow(pdu, size) : pdu;
        }

        return new(pdu, 0, size);
    }

    private static byte[] Grow(byte[] pdu, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(size, 2 * pdu.Length));
        pdu.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(pdu);
        return larger;
    }

    private async ValueTask WaitForOneAsync(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            await ReceiveAsync(Memory<byte>.Empty, _noMoreReading.Token).ConfigureAwait(false);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_noMoreReading.Token, cancellationToken);
        await ReceiveAsync(Memory<byte>.Empty, either.Token).ConfigureAwait(false);
    }

    /// <returns>False: the peer has closed before all was there.</returns>
    private async ValueTask<bool> FillAsync(Memory<byte> room)
    {
        while (!room.IsEmpty)
        {
            var count = await ReceiveAsync(room, _noMoreReading.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return false;
            }

            room = room[count..];
        }

        return true;
    }

    private ValueTask<int> ReceiveAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        _hearing.NoteWaiting();
        return _connection.ReceiveAsync(room, cancellationToken);
    }
}
