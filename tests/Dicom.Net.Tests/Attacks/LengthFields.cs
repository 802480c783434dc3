using System.Buffers.Binary;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Attacks;

/// <summary>Where the 16-bit length fields of an A-ASSOCIATE-RQ or -AC lie, found without the library's own reader.</summary>
internal static class LengthFields
{
    // The header and the fixed fields (PS3.8 Tables 9-11 and 9-17).
    private const int FirstItem = 74;

    // Type, reserved, item-length.
    private const int ItemHeader = 4;

    /// <summary>The offsets of all of them: of items, of sub-items, and of the fields within those.</summary>
    public static IEnumerable<int> Of(byte[] pdu) => OfItems(pdu, FirstItem, pdu.Length);

    public static ushort At(byte[] pdu, int offset) => BinaryPrimitives.ReadUInt16BigEndian(pdu.AsSpan(offset));

    private static IEnumerable<int> OfItems(byte[] pdu, int from, int to)
    {
        for (var at = from; at < to; at += ItemHeader + At(pdu, at + 2))
        {
            yield return at + 2;
            foreach (var inner in Within(pdu, pdu[at], at + ItemHeader, at + ItemHeader + At(pdu, at + 2)))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<int> Within(byte[] pdu, byte type, int start, int end) => type switch
    {
        ItemType.PresentationContextRq or ItemType.PresentationContextAc => OfItems(pdu, start + 4, end),
        ItemType.UserInformation => OfItems(pdu, start, end),
        // PS3.7 Tables D.3-9, D.3-11: a UID first. Table D.3-15: the server's response.
        0x54 or 0x56 or 0x59 => [start],
        // PS3.7 Table D.3-12: UID, service class, the related general ones.
        0x57 => OfCommonExtended(pdu, start),
        // PS3.7 Table D.3-14: type, response requested, and two fields.
        0x58 => [start + 2, After(pdu, start + 2)],
        _ => [],
    };

    private static IEnumerable<int> OfCommonExtended(byte[] pdu, int start)
    {
        var serviceClass = After(pdu, start);
        var related = After(pdu, serviceClass);
        yield return start;
        yield return serviceClass;
        yield return related;
        for (var at = related + 2; at < After(pdu, related); at = After(pdu, at))
        {
            yield return at;
        }
    }

    private static int After(byte[] pdu, int length) => length + 2 + At(pdu, length);
}
