using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.Pdus;

/// <summary>
/// Collects the bytes of one PDU, big-endian (PS3.8 §9.3.1), and fills in the lengths of items once they are known. Nothing reaches the
/// output before the PDU is whole, so a value that cannot be written leaves no half of it behind.
/// </summary>
internal sealed class PduBuilder
{
    // Arbitrary: the usual association request fits; larger ones grow. Of a PDU that is given up, the collector gets them.
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;

    public PduBuilder(PduType type)
    {
        WriteByte((byte)type);
        WriteReserved(1);
        WriteUInt32(0);
    }

    /// <summary>What has been written, without the header.</summary>
    public int Length => _length - PduHeader.Size;

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(sizeof(uint)), value);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Reserved fields are sent as 00H (PS3.8 §9.3.2 and following).</summary>
    public void WriteReserved(int count) => Reserve(count).Clear();

    /// <summary>Writes a field after its 16-bit length.</summary>
    public void WriteCounted(ReadOnlySpan<byte> bytes, string field)
    {
        WriteUInt16(Length16(bytes.Length, field));
        WriteBytes(bytes);
    }

    /// <summary>Writes ASCII characters after their 16-bit length.</summary>
    public void WriteCounted(string text, string field)
    {
        WriteUInt16(Length16(text.Length, field));
        Encoding.ASCII.GetBytes(text, Reserve(text.Length));
    }

    /// <summary>Writes an item of ASCII characters.</summary>
    public void WriteItem(byte type, string body, string name)
    {
        WriteByte(type);
        WriteReserved(1);
        WriteCounted(body, name);
    }

    public void WriteItem(byte type, ReadOnlySpan<byte> body, string name)
    {
        WriteByte(type);
        WriteReserved(1);
        WriteCounted(body, name);
    }

    /// <summary>Begins an item whose length is not known yet.</summary>
    /// <returns>Where its length stands, for <see cref="EndCounted"/>.</returns>
    public int BeginItem(byte type)
    {
        WriteByte(type);
        WriteReserved(1);
        return BeginCounted();
    }

    /// <summary>Begins a field whose 16-bit length is not known yet.</summary>
    /// <returns>Where its length stands, for <see cref="EndCounted"/>.</returns>
    public int BeginCounted()
    {
        WriteUInt16(0);
        return _length - sizeof(ushort);
    }

    /// <summary>Ends what <see cref="BeginItem"/> or <see cref="BeginCounted"/> began.</summary>
    /// <param name="lengthAt">What that returned.</param>
    /// <param name="name">What it is, for a caller who made it too long.</param>
    /// <param name="id">Which one of several, likewise: it is put into words for a mistake only.</param>
    public void EndCounted(int lengthAt, string name, byte? id = null) =>
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(lengthAt), Length16(_length - lengthAt - sizeof(ushort), name, id));

    public void Complete(IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(2), (uint)(_length - PduHeader.Size));
        _bytes.AsSpan(0, _length).CopyTo(output.GetSpan(_length));
        output.Advance(_length);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private static ushort Length16(int length, string field, byte? id = null) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new ArgumentException(
            $"The {field}{(id is null ? "" : $" {id}")} would be {length} bytes long; its length field allows 65,535.");

    private Span<byte> Reserve(int count)
    {
        var needed = checked(_length + count);
        if (needed > _bytes.Length)
        {
            Grow(needed);
        }
        var reserved = _bytes.AsSpan(_length, count);
        _length = needed;
        return reserved;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
