using System.Buffers.Binary;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Support;

/// <summary>A PDU as it stands on the wire, taken apart without the library's own reader.</summary>
internal readonly record struct RawPdu(PduType Type, byte[] Body)
{
    // Type, reserved, PDU-length (PS3.8 §9.3.1).
    public const int HeaderSize = 6;

    /// <summary>Takes whole PDUs apart; a rest that is none fails the test.</summary>
    public static List<RawPdu> Parse(ReadOnlySpan<byte> bytes)
    {
        List<RawPdu> pdus = [];
        while (!bytes.IsEmpty)
        {
            var length = BodyLength(bytes);
            pdus.Add(new((PduType)bytes[0], bytes.Slice(HeaderSize, length).ToArray()));
            bytes = bytes[(HeaderSize + length)..];
        }

        return pdus;
    }

    public static int BodyLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header[2..]);

    /// <summary>Type, and for the PDUs of four bytes these: what a test compares.</summary>
    public override string ToString() => Type switch
    {
        PduType.AAbort => $"{Type} {Body[2]}/{Body[3]}",
        PduType.AAssociateRj => $"{Type} {Body[1]}/{Body[2]}/{Body[3]}",
        _ => $"{Type}",
    };
}
