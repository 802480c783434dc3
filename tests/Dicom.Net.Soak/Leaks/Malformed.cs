using System.Text;
using Dicom.Net.Soak.Peers;

namespace Dicom.Net.Soak.Leaks;

/// <summary>What peers send that a server must forget: each kind is one connection, from its first byte to its end.</summary>
internal static class Malformed
{
    // The header of a PDU.
    private const int LengthAt = 2;

    /// <summary>The kinds, by the names they are reported with.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Kinds { get; } =
    [
        ("nothing", []),
        ("half a header", Wire.AssociateRq[..3]),
        ("half a request", Wire.AssociateRq[..(Wire.AssociateRq.Length / 2)]),
        ("a request of length 0", [1, 0, 0, 0, 0, 0]),
        ("a request of 4 GiB", [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[100]]),
        ("a request that is too short", Shortened(Wire.AssociateRq)),
        ("a request with a wrong item", With(Wire.AssociateRq, Wire.HeaderSize + 68 + 3, 0xFF)),
        ("a request of another version", With(Wire.AssociateRq, Wire.HeaderSize + 1, 2)),
        ("a request of no title", With(Wire.AssociateRq, Wire.HeaderSize + 4, [.. Encoding.ASCII.GetBytes(new string(' ', 16))])),
        ("a PDU of no type", [0x47, 0, 0, 0, 0, 4, 0, 0, 0, 0]),
        ("HTTP", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
        ("a ClientHello", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]),
        ("data before a request", Wire.EchoRq(1)),
        ("an association, and silence", Wire.AssociateRq),
        ("an association twice", [.. Wire.AssociateRq, .. Wire.AssociateRq]),
        ("a data PDU of length 0", [.. Wire.AssociateRq, 4, 0, 0, 0, 0, 0]),
        ("a PDV that is too long", [.. Wire.AssociateRq, .. With(Wire.EchoRq(1), Wire.HeaderSize + 2, 0xFF)]),
        ("a context not accepted", [.. Wire.AssociateRq, .. With(Wire.EchoRq(1), Wire.HeaderSize + 4, 99)]),
        ("a command set without its field", [.. Wire.AssociateRq, .. WithoutCommandField(Wire.EchoRq(1))]),
        ("half a data set", [.. Wire.AssociateRq, .. HalfAStore()]),
        ("requests whose answers are not read", [.. Wire.AssociateRq, .. Enumerable.Range(1, 20).SelectMany(id => Wire.EchoRq((ushort)id))]),
        ("an abort", [.. Wire.AssociateRq, 7, 0, 0, 0, 0, 4, 0, 0, 0, 0]),
        ("a release", [.. Wire.AssociateRq, .. Wire.ReleaseRq]),
    ];

    private static byte[] HalfAStore()
    {
        var store = Wire.StoreRq(1, new(Seed: 1, PixelBytes: 20_000));
        return store[..(store.Length / 2)];
    }

    private static byte[] Shortened(byte[] pdu) => With(pdu, LengthAt, [0, 0, 0, 40])[..(Wire.HeaderSize + 40)];

    // (0000,0100) becomes (0000,0FFF), which nobody knows.
    private static byte[] WithoutCommandField(byte[] pdu)
    {
        var at = pdu.AsSpan().IndexOf((byte[])[0, 0, 0, 1, 2, 0, 0, 0]);
        return With(pdu, at + 2, [0xFF, 0x0F]);
    }

    private static byte[] With(byte[] pdu, int at, params byte[] bytes)
    {
        var changed = pdu.ToArray();
        bytes.CopyTo(changed, at);
        return changed;
    }
}
