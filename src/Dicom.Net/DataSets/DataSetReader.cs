using System.IO.Compression;

namespace Dicom.Net.DataSets;

/// <summary>Turns encoded bytes into elements, as much of them as is asked for.</summary>
internal static class DataSetReader
{
    /// <summary>
    /// Reads the elements before Pixel Data, which are what handlers ask for: a compressed movie's fragments need not be counted, nor its
    /// last byte be there, to tell whose it is.
    /// </summary>
    public static ElementList ReadHead(DicomDataSet owner, ByteRange content, DicomTransferSyntax syntax)
    {
        ElementReader reader = new(owner, content, syntax, position: 0);
        ElementList elements = new();
        DataSetLimits limits = owner.Limits;
        while (!reader.IsAtEnd)
        {
            if (reader.IsAtPixelData)
            {
                elements.PutInOrder();
                return new ElementList(elements) { Unread = reader.Position };
            }

            elements.AddAsRead(reader.Read(), limits);
        }

        elements.PutInOrder();
        return elements;
    }

    /// <summary>Reads the elements from Pixel Data on.</summary>
    public static ElementList ReadRest(DicomDataSet owner, ElementList head, ByteRange content, DicomTransferSyntax syntax)
    {
        ElementReader reader = new(owner, content, syntax, head.Unread ?? content.Length);
        ElementList elements = new(head);
        DataSetLimits limits = owner.Limits;
        while (!reader.IsAtEnd)
        {
            DicomElement element = reader.Read();
            if (element.Tag < DicomTag.FloatPixelData)
            {
                // The head has already been taken to be complete, so that nothing may be added to it now (PS3.5 §7.1: ascending order).
                throw new DataSetException($"{DicomDictionary.Describe(element.Tag)} follows Pixel Data.");
            }

            elements.AddAsRead(element, limits);
        }

        elements.PutInOrder();
        return elements;
    }

    /// <summary>Reads the items of a sequence; their elements are read when they are asked for.</summary>
    public static List<DicomDataSet> ReadItems(DicomDataSet owner, DicomElement sequence, DicomTransferSyntax syntax)
    {
        int depth = owner.Depth + 1;
        DataSetLimits limits = owner.Limits;
        DelimitedValue.CheckDepth(depth, offset: 0, limits);
        ByteRange value = sequence.Value;
        ByteWindow window = new(value);
        List<DicomDataSet> items = [];
        for (long offset = 0; offset < window.Length;)
        {
            ElementHeader header = ElementHeader.Read(window, offset, syntax);
            long start = offset + header.Size;
            if (header.Tag == ElementHeader.SequenceDelimitation && !sequence.HasUndefinedLength)
            {
                // Some writers delimit a sequence of defined length, too; it means nothing.
                offset = start;
                continue;
            }

            (long itemEnd, offset) = MeasureItem(window, header, start, syntax, depth, limits);
            items.Add(new DicomDataSet(value.Slice(start, itemEnd - start), syntax, owner, header.IsUndefined));
            if (items.Count > limits.MaximumItems)
            {
                throw new DataSetException($"{DicomDictionary.Describe(sequence.Tag)} has more than {limits.MaximumItems} items.");
            }
        }

        return items;
    }

    /// <summary>Inflates a deflated data set (PS3.5 Annex A.5) into memory, up to the limit.</summary>
    public static EncodedDataSet Inflate(EncodedDataSet deflated, DataSetLimits limits)
    {
        using EncodedDataSetStream compressed = new(deflated);
        using DeflateStream inflater = new(compressed, CompressionMode.Decompress);
        EncodedPieceWriter inflated = new();
        try
        {
            // 64 KiB to begin with: arbitrary. Then whatever is left of a piece, so that none grows beyond its size.
            for (int count; (count = inflater.Read(inflated.GetSpan(inflated.Length == 0 ? 65_536 : 1))) > 0;)
            {
                inflated.Advance(count);
                if (inflated.Length > limits.MaximumInflatedLength)
                {
                    throw new DataSetException($"The deflated data set has more than {limits.MaximumInflatedLength} bytes.");
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw new DataSetException("The data set is not what deflate makes (RFC 1951).", error);
        }

        return inflated.Finish(DicomUids.ExplicitVRLittleEndian);
    }

    private static (long ItemEnd, long Next) MeasureItem(
        ByteWindow window, in ElementHeader header, long start, DicomTransferSyntax syntax, int depth, DataSetLimits limits)
    {
        if (header.Tag != ElementHeader.Item)
        {
            throw new DataSetException($"{header.Tag} stands where an item of a sequence should.");
        }

        if (header.IsUndefined)
        {
            return DelimitedValue.Measure(window, start, DelimitedLevel.Item(syntax), depth, limits);
        }

        DelimitedValue.CheckFits(header, start, window.Length);
        return (start + header.Length, start + header.Length);
    }
}
