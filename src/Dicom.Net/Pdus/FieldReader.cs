using System.Buffers.Binary;

namespace Dicom.Net.Pdus;

/// <summary>
/// A cursor over the fields of one PDU or item, big-endian (PS3.8 §9.3.1). It is the only place that advances over the peer's bytes,
/// and it compares what a field needs with what is left, so that no length can wrap or overrun.
/// </summary>
/// <param name="bytes">The fields.</param>
/// <param name="place">What they are the fields of, for the message of an exception.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes, string place)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte ReadByte(string field) => ReadBytes(1, field)[0];

    public ushort ReadUInt16(string field) => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(sizeof(ushort), field));

    public uint ReadUInt32(string field) => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(sizeof(uint), field));

    public ReadOnlySpan<byte> ReadBytes(int count, string field)
    {
        if (count > _rest.Length)
        {
            throw PduException.Invalid($"{place}: {field} needs {count} bytes, {_rest.Length} are left.");
        }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Reads a field that a 16-bit length precedes.</summary>
    public ReadOnlySpan<byte> ReadCounted(string field) => ReadBytes(ReadUInt16(field), field);

    public ReadOnlySpan<byte> ReadRest()
    {
        var rest = _rest;
        _rest = default;
        return rest;
    }

    public PduItem ReadItem()
    {
        var type = ReadByte("Item-type");
        ReadByte("Reserved");
        return new PduItem(type, ReadCounted("the body of an item"));
    }
}
