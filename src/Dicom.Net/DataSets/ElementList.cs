using System.Collections;
using System.Runtime.InteropServices;

namespace Dicom.Net.DataSets;

/// <summary>Elements in ascending order of tags, each tag once (PS3.5 §7.1).</summary>
internal sealed class ElementList : IEnumerable<DicomElement>
{
    private readonly List<DicomElement> _elements;

    public ElementList() => _elements = [];

    public ElementList(ElementList other) => _elements = [.. other._elements];

    /// <summary>Where in the encoded data set there are elements that have not been read yet; null when there are none.</summary>
    public long? Unread { get; init; }

    public int Count => _elements.Count;

    public DicomElement? Find(DicomTag tag)
    {
        int index = IndexOf(tag);
        return index < 0 ? null : _elements[index];
    }

    /// <summary>
    /// Adds an element as it is read. One out of order is put in its place; of two with one tag, which the standard does not allow, the
    /// first stands.
    /// </summary>
    public void AddAsRead(DicomElement element, DataSetLimits limits)
    {
        if (_elements.Count == 0 || _elements[^1].Tag < element.Tag)
        {
            _elements.Add(element);
        }
        else if (IndexOf(element.Tag) is < 0 and var place)
        {
            _elements.Insert(~place, element);
        }

        if (_elements.Count > limits.MaximumElements)
        {
            throw new DataSetException($"A data set has more than {limits.MaximumElements} elements.");
        }
    }

    public void Set(DicomElement element)
    {
        int index = IndexOf(element.Tag);
        if (index < 0)
        {
            _elements.Insert(~index, element);
        }
        else
        {
            _elements[index] = element;
        }
    }

    public bool Remove(DicomTag tag)
    {
        int index = IndexOf(tag);
        if (index >= 0)
        {
            _elements.RemoveAt(index);
        }

        return index >= 0;
    }

    public List<DicomElement>.Enumerator GetEnumerator() => _elements.GetEnumerator();

    IEnumerator<DicomElement> IEnumerable<DicomElement>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The index, or the complement of the index where it would be.
    private int IndexOf(DicomTag tag)
    {
        ReadOnlySpan<DicomElement> elements = CollectionsMarshal.AsSpan(_elements);
        int low = 0;
        for (int high = elements.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            DicomTag found = elements[middle].Tag;
            if (found == tag)
            {
                return middle;
            }

            (low, high) = found < tag ? (middle + 1, high) : (low, middle);
        }

        return ~low;
    }
}
