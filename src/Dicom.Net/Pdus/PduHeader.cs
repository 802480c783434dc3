using System.Buffers.Binary;

namespace Dicom.Net.Pdus;

/// <summary>The first six bytes of every PDU. <c>Length</c> counts the bytes that follow them (PS3.8 §9.3.1).</summary>
internal readonly record struct PduHeader(byte Type, uint Length)
{
    public const int Size = 6;

    /// <summary>Reads a header if all of it is there; "not yet" is no error.</summary>
    public static bool TryRead(ReadOnlySpan<byte> buffer, out PduHeader header)
    {
        if (buffer.Length < Size)
        {
            header = default;
            return false;
        }
        header = new(buffer[0], BinaryPrimitives.ReadUInt32BigEndian(buffer[2..]));
        return true;
    }
}
