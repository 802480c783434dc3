using System.Buffers.Binary;
using System.Text;
using Dicom.Net.Soak.Instances;

namespace Dicom.Net.Soak.Peers;

/// <summary>The PDUs of an SCU as bytes (PS3.8 §9.3, PS3.7 §9.3), made without the library, so that they can be cut and spoiled.</summary>
internal static class Wire
{
    public const byte AssociateAc = 2, PData = 4, ReleaseRp = 6;
    public const int HeaderSize = 6;

    private const byte EchoContext = 1, StoreContext = 3;
    private const string ImplicitVRLittleEndian = "1.2.840.10008.1.2", ExplicitVRLittleEndian = "1.2.840.10008.1.2.1";

    // A P-DATA-TF of ours, at most: every acceptor takes 16 KiB (a precedent: DCMTK).
    private const int MaximumFragment = 16 * 1024 - 12;

    /// <summary>Asks for verification and Secondary Capture storage.</summary>
    public static byte[] AssociateRq { get; } = Pdu(1,
    [
        0, 1, 0, 0, .. Ascii("SOAKED".PadRight(16)), .. Ascii("SOAKING".PadRight(16)), .. new byte[32],
        .. Item(0x10, Ascii("1.2.840.10008.3.1.1.1")),
        .. Context(EchoContext, DicomUids.Verification, ImplicitVRLittleEndian),
        .. Context(StoreContext, SoakInstance.SopClass, ExplicitVRLittleEndian),
        .. Item(0x50, [.. Item(0x51, [0, 0, 0x40, 0]), .. Item(0x52, Ascii("1.2.3"))]),
    ]);

    public static byte[] ReleaseRq { get; } = Pdu(5, [0, 0, 0, 0]);

    public static byte[] EchoRq(ushort messageId) => Pdu(PData, Pdv(EchoContext, 3, Command(
    [
        .. Element(0x0002, Uid(DicomUids.Verification)),
        .. Element(0x0100, UInt16(0x0030)),
        .. Element(0x0110, UInt16(messageId)),
        .. Element(0x0800, UInt16(0x0101)),
    ])));

    /// <summary>A C-STORE-RQ with its data set: as many PDUs as it takes.</summary>
    public static byte[] StoreRq(ushort messageId, SoakInstance instance)
    {
        var bytes = new List<byte>(Pdu(PData, Pdv(StoreContext, 3, Command(
        [
            .. Element(0x0002, Uid(SoakInstance.SopClass)),
            .. Element(0x0100, UInt16(0x0001)),
            .. Element(0x0110, UInt16(messageId)),
            .. Element(0x0700, UInt16(0)),
            .. Element(0x0800, UInt16(0x0001)),
            .. Element(0x1000, Uid(instance.Uid)),
        ]))));
        var dataSet = instance.Encode();
        for (var offset = 0; offset < dataSet.Length; offset += MaximumFragment)
        {
            var isLast = offset + MaximumFragment >= dataSet.Length;
            var fragment = dataSet[offset..Math.Min(offset + MaximumFragment, dataSet.Length)];
            bytes.AddRange(Pdu(PData, Pdv(StoreContext, (byte)(isLast ? 2 : 0), fragment)));
        }

        return [.. bytes];
    }

    /// <summary>The status of the response in a P-DATA-TF; null if there is none.</summary>
    public static ushort? StatusOf(ReadOnlySpan<byte> body)
    {
        // PDV length, context, control; then elements in implicit VR little endian (PS3.7 §6.3.1).
        for (var offset = 6; offset + 10 <= body.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(body[(offset + 4)..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(body[offset..]) == 0x0900_0000)
            {
                return BinaryPrimitives.ReadUInt16LittleEndian(body[(offset + 8)..]);
            }

            offset += 8 + length;
        }

        return null;
    }

    public static byte[] Pdu(byte type, byte[] body)
    {
        byte[] pdu = [type, 0, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), body.Length);
        return pdu;
    }

    private static byte[] Pdv(byte context, byte control, byte[] fragment)
    {
        byte[] pdv = [0, 0, 0, 0, context, control, .. fragment];
        BinaryPrimitives.WriteInt32BigEndian(pdv, fragment.Length + 2);
        return pdv;
    }

    private static byte[] Context(byte id, string abstractSyntax, string transferSyntax) =>
        Item(0x20, [id, 0, 0, 0, .. Item(0x30, Ascii(abstractSyntax)), .. Item(0x40, Ascii(transferSyntax))]);

    private static byte[] Item(byte type, byte[] value) => [type, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] Command(byte[] elements)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, elements.Length);
        return [.. Element(0x0000, length), .. elements];
    }

    private static byte[] Element(ushort element, byte[] value) =>
        [0, 0, (byte)element, (byte)(element >> 8), (byte)value.Length, (byte)(value.Length >> 8), 0, 0, .. value];

    private static byte[] Uid(string uid) => Ascii(uid.Length % 2 == 0 ? uid : uid + '\0');

    private static byte[] UInt16(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
