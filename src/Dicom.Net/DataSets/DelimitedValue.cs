namespace Dicom.Net.DataSets;

/// <summary>
/// Finds the end of a value of undefined length by walking over what it contains (PS3.5 §7.5, Annex A.4). The walk keeps its own
/// stack, of bounded depth: a peer decides how deep sequences nest, but not how deep we call.
/// </summary>
internal static class DelimitedValue
{
    /// <summary>Measures a value.</summary>
    /// <param name="window">The bytes.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="outermost">What it is.</param>
    /// <param name="depth">How deep the data set that contains it is nested already.</param>
    /// <returns>Where the delimitation item begins, and where it ends.</returns>
    public static (long ValueEnd, long End) Measure(ByteWindow window, long start, DelimitedLevel outermost, int depth)
    {
        Stack<DelimitedLevel> open = new();
        open.Push(outermost);
        long offset = start;
        while (true)
        {
            ElementHeader header = ElementHeader.Read(window, offset, open.Peek().Syntax);
            long next = offset + header.Size;
            if (header.Tag == open.Peek().Delimiter)
            {
                // A delimitation item's length shall be zero (PS3.5 Table 7.5-3); what it says instead is ignored.
                open.Pop();
                if (open.Count == 0)
                {
                    return (offset, next);
                }
            }
            else if (open.Peek().Opens(header, offset) is { } inner)
            {
                open.Push(inner);
                CheckDepth(depth + (open.Count / 2), offset);
            }
            else
            {
                CheckFits(header, next, window.Length);
                next += header.Length;
            }

            offset = next;
        }
    }

    /// <summary>Says no to a length that goes beyond what there is, before anybody reserves memory for it.</summary>
    public static void CheckFits(in ElementHeader header, long valueStart, long end)
    {
        if (header.Length > end - valueStart)
        {
            throw new DataSetException(
                $"{DicomDictionary.Describe(header.Tag)} at offset {valueStart - header.Size} claims {header.Length} bytes; "
                + $"{end - valueStart} are left.");
        }
    }

    public static void CheckDepth(int depth, long offset)
    {
        if (depth > DataSetLimits.MaximumDepth)
        {
            throw new DataSetException($"Sequences nest deeper than {DataSetLimits.MaximumDepth} at offset {offset}.");
        }
    }
}

/// <summary>Something of undefined length that is open at a point of the walk.</summary>
internal readonly record struct DelimitedLevel(DicomTag Delimiter, bool HoldsElements, bool HoldsFragments, DicomTransferSyntax Syntax)
{
    public static DelimitedLevel Sequence(DicomTransferSyntax syntax) =>
        new(ElementHeader.SequenceDelimitation, HoldsElements: false, HoldsFragments: false, syntax);

    public static DelimitedLevel Item(DicomTransferSyntax syntax) =>
        new(ElementHeader.ItemDelimitation, HoldsElements: true, HoldsFragments: false, syntax);

    public static DelimitedLevel Fragments(DicomTransferSyntax syntax) =>
        new(ElementHeader.SequenceDelimitation, HoldsElements: false, HoldsFragments: true, syntax);

    /// <summary>What an element of undefined length contains.</summary>
    /// <exception cref="DataSetException">Its value representation must have a defined length.</exception>
    public static DelimitedLevel Of(in ElementHeader header, long offset, DicomTransferSyntax syntax) => header.VR switch
    {
        DicomVR.SQ => Sequence(syntax),

        // PS3.5 §6.2.2: a sequence whose VR nobody knew remains in implicit VR little endian, whatever surrounds it.
        DicomVR.UN => Sequence(DicomTransferSyntax.ImplicitVRLittleEndian),
        DicomVR.OB or DicomVR.OW => Fragments(syntax),
        _ => throw new DataSetException(
            $"{DicomDictionary.Describe(header.Tag)} at offset {offset} has undefined length, which {header.VR.Letters()} may not have."),
    };

    /// <summary>What the header opens at this level, or null where it has a defined length and is stepped over.</summary>
    public DelimitedLevel? Opens(in ElementHeader header, long offset)
    {
        if (HoldsElements == header.IsItemStructure || (header.IsItemStructure && header.Tag != ElementHeader.Item))
        {
            throw new DataSetException($"{header.Tag} at offset {offset} is out of place.");
        }

        if (!header.IsUndefined)
        {
            return null;
        }

        if (HoldsFragments)
        {
            throw new DataSetException($"A fragment of pixel data at offset {offset} has undefined length (PS3.5 Annex A.4).");
        }

        return HoldsElements ? Of(header, offset, Syntax) : Item(Syntax);
    }
}
