namespace Dicom.Net.DataSets;

/// <summary>Reads the elements of one data set or item, one after the other; sequences are stepped over, not opened.</summary>
internal sealed class ElementReader(DicomDataSet owner, ByteRange content, DicomTransferSyntax syntax, long position)
{
    private readonly ByteWindow _window = new(content);
    private bool? _hasSignedPixels;
    private ElementHeader? _next;

    /// <summary>The offset of the next element.</summary>
    public long Position { get; private set; } = position;

    public bool IsAtEnd => Position == _window.Length;

    /// <summary>Whether the next element is what makes instances big, Pixel Data or its floating point kin, or one after it.</summary>
    public bool IsAtPixelData => Next is { IsItemStructure: false } header && header.Tag >= DicomTag.FloatPixelData;

    private ElementHeader Next => _next ??= ElementHeader.Read(_window, Position, syntax);

    public DicomElement Read()
    {
        ElementHeader header = Next;
        _next = null;
        if (header.IsItemStructure)
        {
            throw new DataSetException($"{header.Tag} at offset {Position} is out of place.");
        }

        long start = Position;
        long valueStart = start + header.Size;
        long valueEnd;
        if (header.IsUndefined)
        {
            DelimitedLevel level = DelimitedLevel.Of(header, start, syntax);
            (valueEnd, Position) = DelimitedValue.Measure(_window, valueStart, level, owner.Depth, owner.Limits);
        }
        else
        {
            DelimitedValue.CheckFits(header, valueStart, _window.Length);
            Position = valueEnd = valueStart + header.Length;
        }

        return new DicomElement(owner, header.Tag, ResolveVR(header, valueStart), content.Slice(start, Position - start))
        {
            HeaderSize = header.Size,
            Length = valueEnd - valueStart,
            HasUndefinedLength = header.IsUndefined,
        };
    }

    // Implicit VR leaves it to Pixel Representation, which precedes them all, whether some elements are US or SS (PS3.5 Annex A.1).
    private DicomVR ResolveVR(in ElementHeader header, long valueStart)
    {
        if (syntax.IsExplicitVR || header.VR != DicomVR.US)
        {
            return header.VR;
        }

        if (header.Tag == DicomTag.PixelRepresentation && header.Length == 2)
        {
            _hasSignedPixels = _window.Look(valueStart, 2)[0] == 1;
        }

        bool isSigned = DicomDictionary.FollowsPixelRepresentation(header.Tag)
            && (_hasSignedPixels ??= owner.Parent?.HasSignedPixels ?? false);
        return isSigned ? DicomVR.SS : DicomVR.US;
    }
}
