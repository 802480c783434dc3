using System.Buffers.Binary;

namespace Dicom.Net.DataSets;

/// <summary>Writes the elements of one data set or item, and through others of its kind those of the items within.</summary>
internal sealed class ElementWriter(EncodedPieceWriter output, DicomTransferSyntax target, bool copiesUnchanged, int depth)
{
    // The greatest even number of 16 bits (PS3.5 §7.1.1: lengths are even).
    private const int LongestShortValue = 65_534;

    // Bytes that are turned round at a time; a multiple of every word size. Arbitrary.
    private const int Chunk = 64 * 1024;

    public void WriteDataSet(DicomDataSet dataSet)
    {
        foreach (IGrouping<ushort, DicomElement> group in dataSet.GroupBy(element => element.Tag.Group))
        {
            WriteGroup([.. group]);
        }
    }

    private void WriteGroup(ReadOnlySpan<DicomElement> group)
    {
        if (!group[0].Tag.IsGroupLength)
        {
            WriteElements(group);
        }
        else if (group[0].Tag.Group is 0x0000 or 0x0002)
        {
            // Required there (PS3.7 §9.3, PS3.10 §7.1), so it must be right.
            EncodedPieceWriter rest = new();
            new ElementWriter(rest, target, copiesUnchanged, depth).WriteElements(group[1..]);
            WriteGroupLength(group[0].Tag, rest.Length);
            output.Append(rest);
        }
        else
        {
            // Retired elsewhere (PS3.5 §7.2): left out, unless it is still true.
            bool isTrue = !copiesUnchanged || AreAllCopied(group);
            WriteElements(isTrue ? group : group[1..]);
        }
    }

    private bool AreAllCopied(ReadOnlySpan<DicomElement> group)
    {
        bool areCopied = true;
        foreach (DicomElement element in group)
        {
            areCopied &= element.IsAsRead && element.Syntax.EncodesElementsLike(target);
        }

        return areCopied;
    }

    private void WriteElements(ReadOnlySpan<DicomElement> elements)
    {
        foreach (DicomElement element in elements)
        {
            if (copiesUnchanged && element.IsAsRead && element.Syntax.EncodesElementsLike(target))
            {
                output.Append(element.Encoded);
            }
            else if (element.IsSequence && !(element.VR == DicomVR.UN && element.IsAsRead))
            {
                WriteSequence(element);
            }
            else
            {
                WriteValue(element);
            }
        }
    }

    private void WriteGroupLength(DicomTag tag, long length)
    {
        WriteHeader(tag, DicomVR.UL, 4);
        Span<byte> value = output.GetSpan(4)[..4];
        BinaryPrimitives.WriteUInt32LittleEndian(value, checked((uint)length));
        ByteOrder.Reverse(value, target.IsBigEndian ? 4 : 1);
        output.Advance(4);
    }

    private void WriteSequence(DicomElement sequence)
    {
        // Before the check: what a peer has nested too deep is its fault, and so a DataSetException.
        IReadOnlyList<DicomDataSet> read = sequence.GetItems();
        if (depth >= DataSetLimits.Default.MaximumDepth)
        {
            throw new InvalidOperationException($"Sequences nest deeper than {DataSetLimits.Default.MaximumDepth}, or contain themselves.");
        }

        // PS3.5 §6.2.2: what is in a UN remains implicit VR little endian.
        DicomTransferSyntax inner = sequence.VR == DicomVR.UN ? DicomTransferSyntax.ImplicitVRLittleEndian : target;
        ElementWriter items = new(new EncodedPieceWriter(), inner, copiesUnchanged, depth + 1);
        foreach (DicomDataSet item in read)
        {
            items.WriteItem(item);
        }

        items.WriteInto(this, sequence.Tag, sequence.VR, ElementHeader.SequenceDelimitation, sequence.HasUndefinedLength);
    }

    private void WriteItem(DicomDataSet item)
    {
        ElementWriter content = new(new EncodedPieceWriter(), target, copiesUnchanged, depth);
        if (copiesUnchanged && !item.IsModified && item.Syntax.EncodesElementsLike(target))
        {
            content.Append(item.Content);
        }
        else
        {
            content.WriteDataSet(item);
        }

        content.WriteInto(this, ElementHeader.Item, DicomVR.None, ElementHeader.ItemDelimitation, item.HasUndefinedLength);
    }

    // Ends what this one wrote: as the value of a sequence, or as the content of an item, of the outer writer.
    private void WriteInto(ElementWriter outer, DicomTag tag, DicomVR vr, DicomTag delimitation, bool isUndefined)
    {
        outer.WriteHeader(tag, vr, isUndefined ? ElementHeader.UndefinedLength : CheckLength(tag, output.Length));
        outer.Append(output);
        if (isUndefined)
        {
            // In the content's byte order: it is the content's reader that meets it.
            new ElementWriter(outer.Output, target, copiesUnchanged, depth).WriteHeader(delimitation, DicomVR.None, 0);
        }
    }

    private void WriteValue(DicomElement element)
    {
        ByteRange value = element.Value;
        bool isEncapsulated = IsEncapsulatedPixelData(element);
        if (isEncapsulated && !element.Syntax.EncodesElementsLike(target))
        {
            throw new InvalidOperationException($"{DicomDictionary.Describe(element.Tag)} is compressed: {target} cannot have it.");
        }

        if (isEncapsulated || element.HasUndefinedLength)
        {
            WriteHeader(element.Tag, element.VR, ElementHeader.UndefinedLength);
            output.Append(value);
            DicomTransferSyntax inner = element.VR == DicomVR.UN ? DicomTransferSyntax.ImplicitVRLittleEndian : target;
            new ElementWriter(output, inner, copiesUnchanged, depth).WriteHeader(ElementHeader.SequenceDelimitation, DicomVR.None, 0);
            return;
        }

        // PS3.5 §6.2.2: a value that is too long for its VR's header travels as UN, and that is little endian.
        bool isTooLong = target.IsExplicitVR && !element.VR.HasLongHeader() && value.Length > LongestShortValue;
        bool isBigEndian = target.IsBigEndian && !isTooLong;
        WriteHeader(element.Tag, isTooLong ? DicomVR.UN : element.VR, CheckLength(element.Tag, value.Length));
        Append(value, element.ValueSyntax.IsBigEndian == isBigEndian ? 1 : element.VR.WordSize());
    }

    // Read so, or set so: in an encapsulated transfer syntax, Pixel Data that begins with an item is fragments (PS3.5 Annex A.4).
    private bool IsEncapsulatedPixelData(DicomElement element)
    {
        if (element.HeaderSize > 0)
        {
            return element.HasUndefinedLength && element.VR != DicomVR.UN;
        }

        ReadOnlySpan<byte> item = [0xFE, 0xFF, 0x00, 0xE0];
        Span<byte> start = stackalloc byte[4];
        if (!target.IsEncapsulated || element.Tag != DicomTag.PixelData || element.Length < 8)
        {
            return false;
        }

        element.Value.CopyTo(0, start);
        return start.SequenceEqual(item);
    }

    private EncodedPieceWriter Output => output;

    private static uint CheckLength(DicomTag tag, long length) => length < ElementHeader.UndefinedLength
        ? (uint)length
        : throw new InvalidOperationException(
            $"{DicomDictionary.Describe(tag)} has {length} bytes: too many for an element (PS3.5 §7.1.1).");

    private void WriteHeader(DicomTag tag, DicomVR vr, uint length) =>
        output.Advance(ElementHeader.Write(output.GetSpan(12), tag, vr, length, target));

    private void Append(EncodedPieceWriter content) => output.Append(content);

    private void Append(ByteRange value, int wordSize = 1)
    {
        if (wordSize == 1)
        {
            output.Append(value);
            return;
        }

        for (long offset = 0; offset < value.Length; offset += Chunk)
        {
            int count = (int)Math.Min(Chunk, value.Length - offset);
            Span<byte> destination = output.GetSpan(count)[..count];
            value.CopyTo(offset, destination);
            ByteOrder.Reverse(destination, wordSize);
            output.Advance(count);
        }
    }
}
