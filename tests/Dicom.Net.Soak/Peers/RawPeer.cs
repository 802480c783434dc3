using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.Soak.Instances;

namespace Dicom.Net.Soak.Peers;

/// <summary>An SCU that knows no library: bytes to a socket, and what comes back.</summary>
internal sealed class RawPeer : IDisposable
{
    // A good peer never waits so long for an answer, on a busy machine either. Arbitrary.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private ushort _lastMessageId;

    /// <summary>Connects; with as small a buffer for what comes as asked for, and from an address of this machine.</summary>
    public static async Task<RawPeer> ConnectAsync(IPEndPoint server, int? receiveBuffer = null, IPAddress? from = null)
    {
        var peer = new RawPeer();
        try
        {
            if (receiveBuffer is { } bytes)
            {
                peer._socket.ReceiveBufferSize = bytes;
            }

            if (from is not null)
            {
                peer._socket.Bind(new IPEndPoint(from, 0));
            }

            await peer._socket.ConnectAsync(server).WaitAsync(Patience);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    public static async Task<RawPeer> AssociatedAsync(IPEndPoint server, int? receiveBuffer = null, IPAddress? from = null)
    {
        var peer = await ConnectAsync(server, receiveBuffer, from);
        try
        {
            await peer.SendAsync(Wire.AssociateRq);
            await peer.ExpectAsync(Wire.AssociateAc);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes).AsTask().WaitAsync(Patience)..];
        }
    }

    /// <summary>Waits for the other side to end the connection, and drops what it says before.</summary>
    /// <returns>Whether it did within the time.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var late = new CancellationTokenSource(time);
        var buffer = new byte[1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer, late.Token) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <exception cref="SoakException">The answer is not success.</exception>
    public async Task EchoAsync()
    {
        await SendAsync(Wire.EchoRq(++_lastMessageId));
        RequireSuccess(Wire.StatusOf(await ExpectAsync(Wire.PData)));
    }

    /// <exception cref="SoakException">The answer is not success.</exception>
    public async Task StoreAsync(SoakInstance instance) => RequireSuccess(await TryStoreAsync(instance));

    /// <returns>The answer's status.</returns>
    public async Task<int?> TryStoreAsync(SoakInstance instance)
    {
        await SendAsync(Wire.StoreRq(++_lastMessageId, instance));
        return Wire.StatusOf(await ExpectAsync(Wire.PData));
    }

    public async Task ReleaseAsync()
    {
        await SendAsync(Wire.ReleaseRq);
        await ExpectAsync(Wire.ReleaseRp);
    }

    /// <summary>Ends the connection with RST instead of FIN; the port is free at once.</summary>
    public void Reset()
    {
        _socket.LingerState = new(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private static void RequireSuccess(int? status)
    {
        if (status != 0)
        {
            throw new SoakException($"Answered with status {status:X4}H");
        }
    }

    private async Task<byte[]> ExpectAsync(byte type)
    {
        var header = await ReadAsync(Wire.HeaderSize);
        var body = await ReadAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2)));
        return header[0] == type ? body : throw new SoakException($"PDU {header[0]:X2}H came instead of {type:X2}H");
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            var read = await _socket.ReceiveAsync(bytes.AsMemory(filled)).AsTask().WaitAsync(Patience);
            filled += read > 0 ? read : throw new SoakException("The server has ended the connection");
        }

        return bytes;
    }
}
