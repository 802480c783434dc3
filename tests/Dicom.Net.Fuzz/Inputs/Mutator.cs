using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>Damages bytes: bits, bytes, what may be lengths, and whole pieces.</summary>
internal static class Mutator
{
    private static ReadOnlySpan<byte> NotableBytes => [0, 1, 0x7F, 0x80, 0xFE, 0xFF];

    private static ReadOnlySpan<uint> NotableLengths => [0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>One to four damages.</summary>
    /// <param name="original">What is damaged; it stays as it is.</param>
    /// <param name="other">Where spliced pieces come from.</param>
    /// <param name="random">The choices.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> original, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        List<byte> bytes = new(original.Length + 64);
        bytes.AddRange(original);
        for (var damages = random.Next(1, 5); damages > 0 && bytes.Count > 0; damages--)
        {
            Damage(bytes, other, random);
        }

        return [.. bytes];
    }

    private static void Damage(List<byte> bytes, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(11))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = random.NextByte();
                break;
            case 2:
                bytes[at] = random.Pick(NotableBytes);
                break;
            case 3 or 4 or 5:
                DamageNumber(CollectionsMarshal.AsSpan(bytes)[at..], random);
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 17), bytes.Count - at));
                break;
            case 8:
                bytes.InsertRange(at, random.NextBytes(random.Next(1, 9)));
                break;
            case 9:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 65), bytes.Count - at)));
                break;
            default:
                Splice(bytes, at, other, random);
                break;
        }
    }

    /// <summary>What may be a length, of 16 or 32 bits, in either byte order.</summary>
    private static void DamageNumber(Span<byte> bytes, FuzzRandom random)
    {
        var choice = random.Next(4);
        if (choice == 0 && bytes.Length >= 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)Wrong(BinaryPrimitives.ReadUInt16BigEndian(bytes), random));
        }
        else if (choice == 1 && bytes.Length >= 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)Wrong(BinaryPrimitives.ReadUInt16LittleEndian(bytes), random));
        }
        else if (choice == 2 && bytes.Length >= 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, Wrong(BinaryPrimitives.ReadUInt32BigEndian(bytes), random));
        }
        else if (bytes.Length >= 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, Wrong(BinaryPrimitives.ReadUInt32LittleEndian(bytes), random));
        }
    }

    /// <summary>Another number than the right one: often one off.</summary>
    public static uint Wrong(uint right, FuzzRandom random) => random.Next(4) switch
    {
        0 => right - 1,
        1 => right + 1,
        2 => random.Pick(NotableLengths),
        _ => right ^ (1u << random.Next(32)),
    };

    private static void Splice(List<byte> bytes, int at, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        if (other.IsEmpty)
        {
            return;
        }

        var from = random.Next(other.Length);
        var piece = other.Slice(from, random.Next(1, Math.Min(other.Length - from, 256) + 1));
        if (random.OneIn(2))
        {
            bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
        }

        bytes.InsertRange(at, piece.ToArray());
    }
}
