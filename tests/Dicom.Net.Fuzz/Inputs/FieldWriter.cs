using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>
/// Writes the fields of something valid, one after the other; one of them, if wished, wrong: a number that is another, a text that is
/// longer, shorter or no text. Written apart from the library's writers, so that one can be held against the other.
/// </summary>
/// <param name="random">The choices.</param>
/// <param name="wrongField">The number of the field to get wrong; -1 for none.</param>
internal sealed class FieldWriter(FuzzRandom random, int wrongField = -1)
{
    private readonly List<byte> _bytes = [];
    private int _fields;

    public bool BigEndian { get; set; } = true;

    public int Count => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void UInt8(int value) => _bytes.Add((byte)Chosen((uint)value));

    public void UInt16(int value) => Write16(Room(2), Chosen((uint)value));

    public void UInt32(uint value) => Write32(Room(4), Chosen(value));

    /// <summary>A length whose bytes are not written yet: 16 or 32 bits.</summary>
    /// <returns>For <see cref="End"/>.</returns>
    public LengthField Begin(int size)
    {
        var field = new LengthField(_bytes.Count, size, IsWrong());
        Room(size);
        return field;
    }

    /// <summary>Everything that the length counts has been written.</summary>
    /// <param name="field">The length.</param>
    /// <param name="more">What it counts besides.</param>
    public void End(LengthField field, int more = 0)
    {
        var right = (uint)(_bytes.Count - field.At - field.Size + more);
        var value = field.IsWrong ? Mutator.Wrong(right, random) : right;
        var place = CollectionsMarshal.AsSpan(_bytes).Slice(field.At, field.Size);
        if (field.Size == 2)
        {
            Write16(place, value);
        }
        else
        {
            Write32(place, value);
        }
    }

    public void Text(string text) => Bytes(Encoding.Latin1.GetBytes(text));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (!IsWrong())
        {
            _bytes.AddRange(bytes);
            return;
        }

        switch (random.Next(5))
        {
            case 0:
                _bytes.AddRange(bytes[..random.Next(bytes.Length + 1)]);
                break;
            case 1:
                _bytes.AddRange(bytes);
                _bytes.AddRange(random.NextBytes(random.Next(1, 80)));
                break;
            case 2:
                _bytes.AddRange(random.NextBytes(bytes.Length));
                break;
            case 3:
                break;
            default:
                _bytes.AddRange(Mutator.Mutate(bytes, default, random));
                break;
        }
    }

    /// <summary>Bytes that are right or wrong already.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    private uint Chosen(uint value) => IsWrong() ? Mutator.Wrong(value, random) : value;

    private bool IsWrong() => _fields++ == wrongField;

    private Span<byte> Room(int size)
    {
        CollectionsMarshal.SetCount(_bytes, _bytes.Count + size);
        return CollectionsMarshal.AsSpan(_bytes)[^size..];
    }

    private void Write16(Span<byte> place, uint value)
    {
        if (BigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)value);
        }
    }

    private void Write32(Span<byte> place, uint value)
    {
        if (BigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(place, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(place, value);
        }
    }

    /// <summary>Where a length is to be written.</summary>
    internal readonly record struct LengthField(int At, int Size, bool IsWrong);
}
