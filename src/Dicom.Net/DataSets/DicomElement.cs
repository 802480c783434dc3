using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>A data element: tag, value representation and value (PS3.5 §7.1).</summary>
/// <remarks>It belongs to its data set: once that is disposed of, the value can no longer be read.</remarks>
public sealed class DicomElement
{
    private readonly DicomDataSet _owner;
    private readonly ByteRange _encoded;
    private List<DicomDataSet>? _items;

    /// <summary>An element as it was read: header, value and, where there is one, delimitation.</summary>
    internal DicomElement(DicomDataSet owner, DicomTag tag, DicomVR vr, ByteRange encoded)
    {
        _owner = owner;
        _encoded = encoded;
        Tag = tag;
        VR = vr;
    }

    /// <summary>An element set by the user: the value alone.</summary>
    internal DicomElement(DicomDataSet owner, DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> value)
        : this(owner, tag, vr, ByteRange.Of(EncodedDataSet.FromMemory(value, owner.TransferSyntax))) => Length = value.Length;

    /// <summary>A sequence set by the user.</summary>
    internal DicomElement(DicomDataSet owner, DicomTag tag, List<DicomDataSet> items)
        : this(owner, tag, DicomVR.SQ, ReadOnlyMemory<byte>.Empty) => _items = items;

    /// <summary>The tag.</summary>
    public DicomTag Tag { get; }

    /// <summary>The value representation: as it was sent, as the dictionary has it in implicit VR, or as it was set.</summary>
    public DicomVR VR { get; }

    /// <summary>
    /// The length of the value in bytes, without header and delimitation item, as it was read or set; zero for a sequence made with
    /// <see cref="DicomDataSet.SetItems"/>, which has no length until it is encoded.
    /// </summary>
    public long Length { get; internal init; }

    /// <summary>The value, in the byte order of the data set.</summary>
    internal ByteRange Value => _encoded.Slice(HeaderSize, Length);

    /// <summary>The whole element as it was read.</summary>
    internal ByteRange Encoded => _encoded;

    /// <summary>The size of the header in the encoded element; zero for one set by the user.</summary>
    internal int HeaderSize { get; init; }

    internal bool HasUndefinedLength { get; init; }

    /// <summary>Whether the encoded element is still true.</summary>
    internal bool IsAsRead => HeaderSize > 0 && !(_items?.Exists(item => item.IsModified) ?? false);

    /// <summary>The VR to read the value by: the dictionary's, where the sender had none to give (PS3.5 §6.2.2).</summary>
    internal DicomVR KnownVR => VR == DicomVR.UN ? DicomDictionary.GetVR(Tag) : VR;

    internal bool IsSequence => KnownVR == DicomVR.SQ || (VR == DicomVR.UN && HasUndefinedLength);

    /// <summary>How the element is encoded.</summary>
    internal DicomTransferSyntax Syntax => _owner.Syntax;

    /// <summary>How the value is encoded: as the data set, except that UN is always implicit VR little endian (PS3.5 §6.2.2).</summary>
    internal DicomTransferSyntax ValueSyntax => VR == DicomVR.UN ? DicomTransferSyntax.ImplicitVRLittleEndian : _owner.Syntax;

    /// <summary>The value's bytes.</summary>
    /// <returns>
    /// A copy of the bytes in the data set's byte order, padding included. Of a sequence or of encapsulated pixel data: the items with
    /// their headers, without the sequence's delimitation.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The value is more than an array holds, or a sequence that has been set and is not encoded yet.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The data set has been disposed of.</exception>
    public byte[] GetBytes() => _items is null || IsAsRead
        ? Value.ToArray()
        : throw new InvalidOperationException($"{DicomDictionary.Describe(Tag)} is a sequence that has been changed: ask for its items.");

    /// <summary>The items of a sequence.</summary>
    /// <returns>The items in their order. A change of one is a change of the data set that contains the sequence.</returns>
    /// <exception cref="InvalidOperationException">The element is not a sequence.</exception>
    /// <exception cref="DataSetException">The sequence is malformed.</exception>
    public IReadOnlyList<DicomDataSet> GetItems()
    {
        if (!IsSequence)
        {
            throw new InvalidOperationException($"{DicomDictionary.Describe(Tag)} is {VR.Letters()}, not a sequence of items.");
        }

        // Two threads that read at once must be given the same items.
        return _items ?? Interlocked.CompareExchange(ref _items, DataSetReader.ReadItems(_owner, this, ValueSyntax), null) ?? _items;
    }

    /// <summary>Tag, keyword, value representation and length, for logs: never the value, which may name a patient.</summary>
    public override string ToString() => $"{DicomDictionary.Describe(Tag)} {VR.Letters()} {Length}";
}
