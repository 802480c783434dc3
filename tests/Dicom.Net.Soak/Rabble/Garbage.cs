using System.Net;
using System.Text;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Rabble;

/// <summary>What a port of a hospital gets from vulnerability scanners, browsers and broken devices.</summary>
internal static class Garbage
{
    // A moment for the answer, which nobody is interested in. Arbitrary.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    // The beginning of a TLS 1.2 record with a ClientHello that is 508 bytes long (RFC 8446 §5.1, §4).
    private static readonly byte[] ClientHello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03];

    public static Task NoiseAsync(IPEndPoint server, CancellationToken end) => SendAsync(server, Noise(Random.Shared.Next(1, 4096)));

    public static Task HttpAsync(IPEndPoint server, CancellationToken end) =>
        SendAsync(server, Encoding.ASCII.GetBytes("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nUser-Agent: scanner\r\n\r\n"));

    /// <summary>A ClientHello whose rest is noise, or does not come.</summary>
    public static Task TlsAsync(IPEndPoint server, CancellationToken end) =>
        SendAsync(server, [.. ClientHello, .. Noise(Random.Shared.Next(2) == 0 ? 501 : Random.Shared.Next(500))]);

    public static Task PlainDicomAsync(IPEndPoint server, CancellationToken end) => SendAsync(server, Wire.AssociateRq);

    /// <summary>DICOM with a few bytes that are something else: lengths, types, UIDs, whatever is hit.</summary>
    public static async Task SpoiledAsync(IPEndPoint server, CancellationToken end)
    {
        if (Random.Shared.Next(2) == 0)
        {
            await SendAsync(server, Spoil([.. Wire.AssociateRq, .. Wire.EchoRq(1), .. Wire.ReleaseRq]));
            return;
        }

        // Not the data set: its UID would then name another instance than it is.
        using var peer = await RawPeer.AssociatedAsync(server);
        await peer.SendAsync(Spoil([.. Wire.EchoRq(1), .. Wire.EchoRq(2), .. Wire.ReleaseRq]));
        await peer.EndsWithinAsync(Moment);
        peer.Reset();
    }

    private static async Task SendAsync(IPEndPoint server, byte[] bytes)
    {
        using var peer = await RawPeer.ConnectAsync(server);
        await peer.SendAsync(bytes);
        await peer.EndsWithinAsync(Moment);
        peer.Reset();
    }

    private static byte[] Spoil(byte[] bytes)
    {
        for (var i = Random.Shared.Next(1, 4); i > 0; i--)
        {
            bytes[Random.Shared.Next(bytes.Length)] = (byte)Random.Shared.Next(256);
        }

        return bytes;
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        Random.Shared.NextBytes(noise);
        return noise;
    }
}
