using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.Dimse;

/// <summary>One element of a received command set: tag, length and value in Implicit VR Little Endian (PS3.7 §6.3.1).</summary>
internal readonly ref struct CommandElement
{
    // PS3.5 §7.1.3: group, element, 32-bit length.
    private const int HeaderSize = 8;

    private readonly ReadOnlySpan<byte> _value;

    private CommandElement(ushort number, ReadOnlySpan<byte> value)
    {
        Number = number;
        _value = value;
    }

    /// <summary>The element number; the group is 0000.</summary>
    public ushort Number { get; }

    /// <summary>Takes the next element off the front of <paramref name="bytes"/>.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="DimseException">The bytes are no command elements.</exception>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out CommandElement element)
    {
        element = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        if (bytes.Length < HeaderSize)
        {
            throw new DimseException($"The command set ends with {bytes.Length} bytes that are no element.");
        }

        var group = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var number = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (group != 0)
        {
            throw new DimseException($"({group:X4},{number:X4}) is no command element: its group must be 0000 (PS3.7 §6.3.1).");
        }

        if (length > bytes.Length - HeaderSize)
        {
            throw new DimseException($"(0000,{number:X4}) has a length of {length}, but {bytes.Length - HeaderSize} bytes are left.");
        }

        element = new(number, bytes.Slice(HeaderSize, (int)length));
        bytes = bytes[(HeaderSize + (int)length)..];
        return true;
    }

    /// <summary>The value of VR US and VM 1, or null if it is empty.</summary>
    public ushort? UnsignedShort() => HasValueOf(sizeof(ushort)) ? BinaryPrimitives.ReadUInt16LittleEndian(_value) : null;

    /// <summary>The value of VR UL and VM 1, or null if it is empty.</summary>
    public uint? UnsignedLong() => HasValueOf(sizeof(uint)) ? BinaryPrimitives.ReadUInt32LittleEndian(_value) : null;

    /// <summary>The value of VR UI and VM 1.</summary>
    public CommandUid Uid() => CommandUid.Read(_value);

    /// <summary>The value of VR AE or LO and VM 1 without its padding, or null if nothing is left.</summary>
    public string? Text()
    {
        // Latin-1 keeps every byte; the default repertoire (PS3.5 §6.1.2.1) is within it.
        var text = _value.TrimEnd("\0 "u8).TrimStart((byte)' ');
        return text.IsEmpty ? null : Encoding.Latin1.GetString(text);
    }

    /// <summary>The value of VR AT and VM 1-n: the tags, each with its group in the upper half.</summary>
    public IReadOnlyList<uint> Tags()
    {
        if (_value.Length % sizeof(uint) != 0)
        {
            throw new DimseException($"(0000,{Number:X4}) is a list of tags, but has {_value.Length} bytes.");
        }

        var tags = new uint[_value.Length / sizeof(uint)];
        for (var i = 0; i < tags.Length; i++)
        {
            // PS3.5 §6.2, AT: two unsigned shorts, group first.
            tags[i] = uint.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(_value[(i * sizeof(uint))..]), 16);
        }

        return tags;
    }

    // An element without a value says nothing, as an absent one does.
    private bool HasValueOf(int size)
    {
        if (_value.Length == size)
        {
            return true;
        }

        return _value.IsEmpty ? false : throw new DimseException($"(0000,{Number:X4}) must have {size} bytes, but has {_value.Length}.");
    }
}
