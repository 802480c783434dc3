using System.Collections;
using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>
/// A data set: elements in ascending order of their tags (PS3.5 §7). It is what requests and responses carry, and what a DICOM file
/// holds.
/// </summary>
/// <remarks>
/// <para>
/// One that was received or loaded keeps the bytes it came in, and decodes them when it is first asked for an element. As long as
/// nothing is changed it is sent and saved bit for bit as it came; after a change, what was not changed still is. One in a file is not
/// loaded into memory: values are read when they are asked for.
/// </para>
/// <para>
/// Several threads may read one data set at once; changing it is for one thread alone. Pixel data is carried, not decoded, and values are
/// not validated.
/// </para>
/// </remarks>
public sealed partial class DicomDataSet : IDisposable, IEnumerable<DicomElement>
{
    private EncodedDataSet? _encoded;
    private ByteRange? _itemContent;
    private EncodedDataSet? _inflated;
    private ElementList? _elements;
    private SpecificCharacterSet? _characterSet;
    private readonly DataSetLimits _limits = DataSetLimits.Default;
    private bool _isModified;
    private bool _isDisposed;

    /// <summary>Makes an empty data set in Explicit VR Little Endian.</summary>
    public DicomDataSet()
        : this(DicomUids.ExplicitVRLittleEndian)
    {
    }

    /// <summary>Makes an empty data set.</summary>
    /// <param name="transferSyntaxUid">
    /// The UID of the transfer syntax that it is saved in, and whose byte order <see cref="SetBytes"/> and <see cref="GetBytes"/> speak.
    /// What it is sent in is the association's choice.
    /// </param>
    /// <exception cref="ArgumentException">The UID is empty.</exception>
    public DicomDataSet(string transferSyntaxUid)
    {
        Syntax = DicomTransferSyntax.Of(transferSyntaxUid);
        _elements = new ElementList();
    }

    /// <summary>A data set as it was received or loaded. It owns the encoded bytes.</summary>
    internal DicomDataSet(EncodedDataSet encoded, FileMetaInformation? meta, DataSetLimits? limits = null)
    {
        _limits = limits ?? DataSetLimits.Default;
        Syntax = DicomTransferSyntax.Of(encoded.TransferSyntax);
        _encoded = encoded;
        _meta = meta;
    }

    /// <summary>An item of a sequence that was read. Its bytes are its parent's.</summary>
    internal DicomDataSet(ByteRange content, DicomTransferSyntax syntax, DicomDataSet parent, bool hasUndefinedLength)
    {
        Syntax = syntax;
        Parent = parent;
        Depth = parent.Depth + 1;
        HasUndefinedLength = hasUndefinedLength;
        _itemContent = content;
    }

    /// <summary>The UID of the transfer syntax that it came in, or was made for.</summary>
    public string TransferSyntax => Syntax.Uid;

    /// <summary>The number of elements. A sequence is one, whatever it contains.</summary>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public int Count => All().Count;

    internal DicomTransferSyntax Syntax { get; private set; }

    /// <summary>The data set whose sequence this one is an item of.</summary>
    internal DicomDataSet? Parent { get; private set; }

    /// <summary>Within what bounds it is read; those of an item are its parent's.</summary>
    internal DataSetLimits Limits => Parent?.Limits ?? _limits;

    /// <summary>The number of sequences that it lies within, as it was read.</summary>
    internal int Depth { get; }

    /// <summary>Whether this is an item that a delimitation ended (PS3.5 §7.5).</summary>
    internal bool HasUndefinedLength { get; }

    /// <summary>Whether the encoded bytes are not, or no longer, what the data set is.</summary>
    internal bool IsModified =>
        _isModified || (_encoded is null && _itemContent is null) || (_elements?.Any(element => !element.IsAsRead) ?? false);

    /// <summary>The encoded elements, inflated.</summary>
    internal ByteRange Content =>
        _itemContent ?? ByteRange.Of(Syntax.IsDeflated ? _inflated ??= DataSetReader.Inflate(_encoded!, Limits) : _encoded!);

    /// <summary>Whether Pixel Representation (0028,0103), here or around, says two's complement (PS3.3 §C.7.6.3.1).</summary>
    internal bool HasSignedPixels => Find(DicomTag.PixelRepresentation) is { } element
        ? NumericValue.TryReadInteger(element, 0, out long value) && value == 1
        : Parent?.HasSignedPixels ?? false;

    /// <summary>The character set of its text; an item without one has that of what surrounds it (PS3.5 §7.5.3).</summary>
    internal SpecificCharacterSet CharacterSet
    {
        get
        {
            // Longer than any list of 16-character terms is no such list. Arbitrary.
            if (_characterSet is null && Find(DicomTag.SpecificCharacterSet) is { Length: <= 1024 } element)
            {
                _characterSet = SpecificCharacterSet.Of(TextValue.Split(TextValue.Read(element, SpecificCharacterSet.Default), DicomVR.CS));
            }

            return _characterSet ?? Parent?.CharacterSet ?? SpecificCharacterSet.Default;
        }
    }

    /// <summary>Whether there is an element of this tag, with or without a value.</summary>
    /// <param name="tag">The tag.</param>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool Contains(DicomTag tag) => Find(tag) is not null;

    /// <summary>Finds an element.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The element, or <see langword="null"/>.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public DicomElement? Find(DicomTag tag) => Covering(tag).Find(tag);

    /// <summary>Enumerates the elements in ascending order of their tags.</summary>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public IEnumerator<DicomElement> GetEnumerator() => All().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Makes a data set of the same elements that lives by itself: one that was received outlives its callback that way.</summary>
    /// <returns>A copy, to be disposed of; as long as neither is changed, both hold the same bytes, in memory or in a file.</returns>
    /// <remarks>The text of an item without Specific Character Set (0008,0005) is read by that of what surrounds it, which a copy has not.</remarks>
    /// <exception cref="DataSetException">It must be decoded for that, and is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The data set has been disposed of.</exception>
    public DicomDataSet Copy() => new(Encode(TransferSyntax), _meta, Limits);

    /// <summary>
    /// As <see cref="Copy"/>, for those who may never dispose of it: what is in memory, as small data sets are, goes into memory of its own.
    /// </summary>
    internal DicomDataSet Detach()
    {
        EncodedDataSet encoded = Encode(TransferSyntax);
        if (encoded.Pieces is null)
        {
            return new(encoded, _meta, Limits);
        }

        using (encoded)
        {
            byte[] bytes = new byte[encoded.Length];
            encoded.ReadExactly(0, bytes);
            return new(EncodedDataSet.FromMemory(bytes, TransferSyntax), _meta, Limits);
        }
    }

    /// <summary>
    /// Gives back what the data set holds: rented memory, an open file, and the spooled file of a received instance that was not saved.
    /// </summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _encoded?.Dispose();
            TakeBackLent();
            if (_inflated is not null)
            {
                // Who keeps the object does not keep hundreds of megabytes with it; they are not rented, and go when nobody refers to them.
                (_inflated, _elements) = (null, null);
            }
        }
    }

    /// <summary>What is sent in a transfer syntax. The caller disposes of it; the data set may go before.</summary>
    /// <returns>The bytes as they came, where nothing changed; otherwise newly encoded ones.</returns>
    /// <exception cref="InvalidOperationException">
    /// Either transfer syntax is encapsulated, and they are not the same: nothing is transcoded here.
    /// </exception>
    /// <exception cref="DataSetException">It must be decoded for that, and is malformed.</exception>
    internal EncodedDataSet Encode(string transferSyntax)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        DicomTransferSyntax target = DicomTransferSyntax.Of(transferSyntax);
        bool isSame = target.Equals(Syntax);
        if (isSame && _encoded is not null && !IsModified)
        {
            return _encoded.Share();
        }

        if (!isSame && !(target.IsNative && Syntax.IsNative))
        {
            throw new InvalidOperationException(
                $"A data set in {Syntax} cannot be sent in {target}: one of them is encapsulated, and pixel data is not transcoded here.");
        }

        return DataSetWriter.Write(this, target);
    }

    // All elements that may have this tag: what lies before Pixel Data is complete without it.
    private ElementList Covering(DicomTag tag) => tag < DicomTag.FloatPixelData ? Head() : All();

    private ElementList Head()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);

        ElementList head = _elements ?? (_encoded is not null && Syntax.IsDeflated ? InflateHead(_encoded) : KeepFirst(ReadHead()));
        return head.Fault is { } fault ? throw new DataSetException(fault.Message, fault) : head;
    }

    // Inflating may take hundreds of megabytes: of several threads, one does it for all.
    private ElementList InflateHead(EncodedDataSet deflated)
    {
        lock (deflated)
        {
            return _elements ?? KeepFirst(ReadHead());
        }
    }

    // Two threads that read at once must see the same elements.
    private ElementList KeepFirst(ElementList read) => Interlocked.CompareExchange(ref _elements, read, null) ?? read;

    // A fault is kept, too: who asks again is told the same, and nothing is read again for that.
    private ElementList ReadHead()
    {
        try
        {
            return DataSetReader.ReadHead(this, Content, Syntax);
        }
        catch (DataSetException fault)
        {
            return new() { Fault = fault };
        }
    }

    private ElementList All()
    {
        ElementList head = Head();
        if (head.Unread is null)
        {
            return head;
        }

        ElementList all = DataSetReader.ReadRest(this, head, Content, Syntax);
        ElementList? seen = Interlocked.CompareExchange(ref _elements, all, head);
        return seen is null || seen == head ? all : seen;
    }
}
