namespace Dicom.Net.Pdus;

/// <summary>Bytes that cannot change and are equal to others of the same content: what <see cref="ValueList{T}"/> is to lists.</summary>
internal readonly struct ValueBytes : IEquatable<ValueBytes>
{
    private ValueBytes(byte[] bytes) => Memory = bytes;

    public ReadOnlyMemory<byte> Memory { get; }

    public static ValueBytes Of(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? default : new(bytes.ToArray());

    public bool Equals(ValueBytes other) => Memory.Span.SequenceEqual(other.Memory.Span);

    public override bool Equals(object? obj) => obj is ValueBytes other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Memory.Span);
        return hash.ToHashCode();
    }
}
