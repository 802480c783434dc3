namespace Dicom.Net.Fuzz.Running;

/// <summary>
/// The choices of one input. SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): a few
/// nanoseconds, and the same numbers on every machine and runtime, which System.Random does not promise.
/// </summary>
internal sealed class FuzzRandom(ulong seed, long index)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(seed ^ Mix((ulong)index + Step));

    public ulong NextUInt64() => Mix(_state += Step);

    /// <summary>A number from 0 to below the bound.</summary>
    public int Next(int bound) => (int)((NextUInt64() >> 32) % (uint)bound);

    /// <summary>A number from the first to below the second.</summary>
    public int Next(int from, int to) => from + Next(to - from);

    public byte NextByte() => (byte)(NextUInt64() >> 32);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Next(times) == 0;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    public byte[] NextBytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = NextByte();
        }

        return bytes;
    }

    /// <summary>Another source of choices, for somebody who may choose on another thread.</summary>
    public FuzzRandom Fork() => new(NextUInt64(), 0);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
