using System.Buffers.Binary;

namespace Dicom.Net.Pdus;

/// <summary>What stands before the fragment of a PDV (PS3.8 Table 9-23 and §E.2).</summary>
internal readonly record struct PdvHeader(int FragmentLength, byte ContextId, byte ControlHeader)
{
    /// <summary>Item-length (4 bytes), presentation context ID and message control header.</summary>
    public const int Size = 6;

    /// <summary>Of these, the two that Item-length counts together with the fragment.</summary>
    public const int CountedSize = 2;

    public const byte CommandBit = 0b01;
    public const byte LastBit = 0b10;

    public bool IsCommand => (ControlHeader & CommandBit) != 0;

    public bool IsLast => (ControlHeader & LastBit) != 0;

    public static bool TryRead(ReadOnlySpan<byte> rest, out PdvHeader header)
    {
        header = default;
        if (rest.Length < Size)
        {
            return false;
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        // What is compared is unsigned and nothing is added to the peer's number, so that none can wrap.
        if (length < CountedSize || length > (uint)rest.Length - sizeof(uint))
        {
            return false;
        }
        header = new((int)length - CountedSize, rest[4], rest[5]);
        return true;
    }
}
