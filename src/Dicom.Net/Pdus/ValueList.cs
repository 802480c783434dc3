using System.Collections;

namespace Dicom.Net.Pdus;

/// <summary>
/// A list that cannot change and is equal to another of the same elements. Records compare their members with Equals, so a
/// record whose lists are of this type has value equality without a line of its own.
/// </summary>
internal sealed class ValueList<T> : IReadOnlyList<T>
{
    public static readonly ValueList<T> Empty = new([]);

    private readonly T[] _elements;

    private ValueList(T[] elements) => _elements = elements;

    public int Count => _elements.Length;

    public T this[int index] => _elements[index];

    public static ValueList<T> Of(IReadOnlyList<T> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return elements as ValueList<T> ?? (elements.Count == 0 ? Empty : new([.. elements]));
    }

    public override bool Equals(object? obj) => obj is ValueList<T> other && _elements.AsSpan().SequenceEqual(other._elements);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var element in _elements)
        {
            hash.Add(element);
        }
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => _elements.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
