using System.Net.Sockets;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>A peer at the level of bytes.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient _client = new();

    private NetworkStream Stream => _client.GetStream();

    /// <summary>The bytes of an A-ASSOCIATE-RQ for verification (PS3.8 §9.3.2): one context, implicit VR little endian.</summary>
    public static byte[] Request { get; } = MakeRequest();

    public static byte[] ReleaseRq => [5, 0, 0, 0, 0, 4, 0, 0, 0, 0];

    public static async Task<RawPeer> ConnectedAsync(int port)
    {
        var peer = new RawPeer();
        await peer._client.ConnectAsync("127.0.0.1", port).WithTimeout();
        return peer;
    }

    /// <summary>One that has an association.</summary>
    public static async Task<RawPeer> AssociatedAsync(int port)
    {
        var peer = await ConnectedAsync(port);
        await peer.SendAsync(Request);
        Assert.Equal(2, (await peer.ReceiveAsync())[0]);
        return peer;
    }

    public Task SendAsync(params byte[] bytes) => Stream.WriteAsync(bytes).AsTask().WithTimeout();

    /// <summary>The next PDU.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        var header = new byte[6];
        await Stream.ReadExactlyAsync(header).AsTask().WithTimeout();
        var body = new byte[header[5] + (header[4] << 8) + (header[3] << 16)];
        await Stream.ReadExactlyAsync(body).AsTask().WithTimeout();
        return [.. header, .. body];
    }

    /// <summary>The other side closes without another byte.</summary>
    public async Task ExpectEndAsync() => Assert.Equal(0, await Stream.ReadAsync(new byte[1]).AsTask().WithTimeout());

    public void Dispose() => _client.Dispose();

    /// <summary>A P-DATA-TF with a whole command set in it, in context 1.</summary>
    public static byte[] Command(params (ushort Element, byte[] Value)[] elements)
    {
        List<byte> set = [];
        foreach (var (element, value) in elements)
        {
            set.AddRange([0, 0, (byte)element, (byte)(element >> 8), (byte)value.Length, 0, 0, 0, .. value]);
        }

        byte[] whole = [0, 0, 0, 0, 4, 0, 0, 0, (byte)set.Count, 0, 0, 0, .. set];
        return [4, 0, 0, 0, 0, (byte)(whole.Length + 6), 0, 0, 0, (byte)(whole.Length + 2), 1, 3, .. whole];
    }

    /// <summary>PS3.7 Table 9.3-12.</summary>
    public static byte[] EchoRq(byte messageId) => Command(
        (0x0002, "1.2.840.10008.1.1\0"u8.ToArray()), (0x0100, [0x30, 0]), (0x0110, [messageId, 0]), (0x0800, [1, 1]));

    /// <summary>PS3.7 Table 9.3-5.</summary>
    public static byte[] CancelRq(byte messageId) => Command((0x0100, [0xFF, 0x0F]), (0x0120, [messageId, 0]), (0x0800, [1, 1]));

    /// <summary>A C-FIND-RQ without an identifier, wrong in this context, too: for a service that has no C-FIND.</summary>
    public static byte[] FindRq(byte messageId) => Command(
        (0x0002, "1.2.840.10008.1.1\0"u8.ToArray()), (0x0100, [0x20, 0]), (0x0110, [messageId, 0]), (0x0700, [0, 0]), (0x0800, [1, 1]));

    private static byte[] MakeRequest()
    {
        byte[] items =
        [
            .. Item(0x10, "1.2.840.10008.3.1.1.1"u8),
            .. Item(0x20, [1, 0, 0, 0, .. Item(0x30, "1.2.840.10008.1.1"u8), .. Item(0x40, "1.2.840.10008.1.2"u8)]),
            .. Item(0x50, [.. Item(0x51, [0, 0, 0x40, 0]), .. Item(0x52, "1.2.3"u8)]),
        ];
        byte[] body = [0, 1, 0, 0, .. "SCP             "u8, .. "SCU             "u8, .. new byte[32], .. items];
        return [1, 0, 0, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private static byte[] Item(byte type, ReadOnlySpan<byte> content) => [type, 0, 0, (byte)content.Length, .. content];
}
