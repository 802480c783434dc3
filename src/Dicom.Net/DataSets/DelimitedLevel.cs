namespace Dicom.Net.DataSets;

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
