namespace Dicom.Net.Transport;

/// <summary>
/// Takes the PROXY header off a connection, and not one byte of what follows it: TLS and PDUs are then received as if there had been none.
/// </summary>
/// <remarks>
/// What has come is looked at before as much of it is taken as belongs to the header. So a header may come in any number of pieces, and what
/// the peer says may stand in one segment with it. No room is made before there is something, and none for what is not bounded.
/// </remarks>
internal sealed class ProxyHeaderReceiver(SocketConnection connection, PeerHearing hearing)
{
    /// <summary>At first: more than version 1 may have, or the 16 bytes that tell how many version 2 has. Most are shorter (arbitrary).</summary>
    private const int UsualLength = 256;

    private byte[] _header = [];
    private int _count;

    /// <summary>Whether the peer says anything at all.</summary>
    /// <returns>False: it has closed without a byte.</returns>
    /// <exception cref="IOException">The connection was closed on this side.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<bool> SpeaksAsync(CancellationToken cancellationToken)
    {
        try
        {
            int there;
            do
            {
                hearing.NoteWaiting();
                await connection.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            }
            while (!connection.TryPeek(MakeRoom(UsualLength), out there));

            return there > 0;
        }
        catch (TransportException error) when (error.Kind != TransportErrorKind.Closed)
        {
            // Who only wants to know whether somebody listens often resets the connection.
            return false;
        }
    }

    /// <summary>Receives the header of a peer that speaks.</summary>
    /// <exception cref="ProxyHeaderException">What comes is none; or the peer has closed in its midst.</exception>
    /// <exception cref="IOException">The connection is broken, or was closed on this side.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DicomProxyHeader> ReceiveAsync(CancellationToken cancellationToken)
    {
        int? length = null;
        while (length is null || _count < length)
        {
            hearing.NoteWaiting();
            await connection.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            if (!connection.TryPeek(MakeRoom(length ?? UsualLength), out var there))
            {
                continue;
            }

            if (there == 0)
            {
                throw new ProxyHeaderException($"the connection was closed after {_count} bytes of it");
            }

            length ??= ProxyHeaderReader.LengthOf(_header.AsSpan(0, _count + there));
            Take(Math.Min(there, (length ?? int.MaxValue) - _count));
        }

        return ProxyHeaderReader.Read(_header.AsSpan(0, _count)) with { Proxy = connection.RemoteEndPoint };
    }

    private Span<byte> MakeRoom(int length)
    {
        if (_header.Length < length)
        {
            Array.Resize(ref _header, length);
        }

        return _header.AsSpan(_count);
    }

    private void Take(int count)
    {
        if (connection.TryReceive(_header.AsSpan(_count, count), out var taken))
        {
            _count += taken;
        }
    }
}
