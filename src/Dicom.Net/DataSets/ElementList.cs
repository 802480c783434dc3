using System.Collections;
using System.Runtime.InteropServices;

namespace Dicom.Net.DataSets;

/// <summary>Elements in ascending order of tags, each tag once (PS3.5 §7.1).</summary>
internal sealed class ElementList : IEnumerable<DicomElement>
{
    private List<DicomElement> _elements;

    // Negative: nothing. Every data set and every item has such a list: a long? would take eight bytes more.
    private readonly long _unread = -1;

    public ElementList() => _elements = [];

    public ElementList(ElementList other) => _elements = [.. other._elements];

    /// <summary>Where in the encoded data set there are elements that have not been read yet; null when there are none.</summary>
    public long? Unread
    {
        get => _unread < 0 ? null : _unread;
        init => _unread = value ?? -1;
    }

    /// <summary>What is wrong with the encoded data set, so that no elements were read; null when nothing is.</summary>
    public DataSetException? Fault { get; init; }

    public int Count => _elements.Count;

    public DicomElement? Find(DicomTag tag)
    {
        int index = IndexOf(tag);
        return index < 0 ? null : _elements[index];
    }

    /// <summary>Adds an element as it is read, in whatever order; <see cref="PutInOrder"/> follows the last one.</summary>
    public void AddAsRead(DicomElement element, DataSetLimits limits)
    {
        _elements.Add(element);
        if (_elements.Count > limits.MaximumElements)
        {
            throw new DataSetException($"A data set has more than {limits.MaximumElements} elements.");
        }
    }

    /// <summary>
    /// Puts what was read out of order in its place, all of it at once: a peer may send it upside down. Of several with one tag, which the
    /// standard does not allow, the first stands.
    /// </summary>
    public void PutInOrder()
    {
        if (!IsAscending())
        {
            _elements = [.. _elements.OrderBy(element => element.Tag).DistinctBy(element => element.Tag)];
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

    private bool IsAscending()
    {
        ReadOnlySpan<DicomElement> elements = CollectionsMarshal.AsSpan(_elements);
        for (int i = 1; i < elements.Length; i++)
        {
            if (elements[i].Tag <= elements[i - 1].Tag)
            {
                return false;
            }
        }

        return true;
    }

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
