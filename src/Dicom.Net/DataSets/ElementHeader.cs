using System.Buffers.Binary;

namespace Dicom.Net.DataSets;

/// <summary>What stands before a value: tag, VR and length (PS3.5 §7.1.2, §7.1.3), or an item's tag and length (§7.5).</summary>
internal readonly record struct ElementHeader(DicomTag Tag, DicomVR VR, uint Length, int Size)
{
    /// <summary>The length that says that a delimitation item ends the value (PS3.5 §7.1.1).</summary>
    public const uint UndefinedLength = 0xFFFFFFFF;

    // PS3.5 Table 7.5-1 to 7.5-3: these have neither VR nor, in the case of delimiters, value.
    public static readonly DicomTag Item = new(0xFFFE, 0xE000);
    public static readonly DicomTag ItemDelimitation = new(0xFFFE, 0xE00D);
    public static readonly DicomTag SequenceDelimitation = new(0xFFFE, 0xE0DD);

    public bool IsUndefined => Length == UndefinedLength;

    /// <summary>Whether this is an item or a delimitation, not an element of a data set.</summary>
    public bool IsItemStructure => Tag.Group == 0xFFFE;

    /// <summary>Reads the header at an offset. That its value fits is not yet said.</summary>
    public static ElementHeader Read(ByteWindow window, long offset, DicomTransferSyntax syntax)
    {
        ReadOnlySpan<byte> bytes = window.Look(offset, 12);
        if (bytes.Length < 8)
        {
            throw new DataSetException($"The data set ends in the middle of an element's header, at offset {offset}.");
        }

        DicomTag tag = new(ReadUInt16(bytes, syntax), ReadUInt16(bytes[2..], syntax));
        if (tag.Group == 0xFFFE)
        {
            return new ElementHeader(tag, DicomVR.None, ReadUInt32(bytes[4..], syntax), Size: 8);
        }

        if (!syntax.IsExplicitVR)
        {
            return new ElementHeader(tag, DicomDictionary.GetVR(tag), ReadUInt32(bytes[4..], syntax), Size: 8);
        }

        return ReadExplicit(bytes, tag, offset, syntax);
    }

    /// <summary>Writes the header; the VR goes where the syntax and the tag have a place for it.</summary>
    public static int Write(Span<byte> destination, DicomTag tag, DicomVR vr, uint length, DicomTransferSyntax syntax)
    {
        WriteUInt16(destination, tag.Group, syntax);
        WriteUInt16(destination[2..], tag.Element, syntax);
        if (!syntax.IsExplicitVR || tag.Group == 0xFFFE)
        {
            WriteUInt32(destination[4..], length, syntax);
            return 8;
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)vr);
        if (!vr.HasLongHeader())
        {
            WriteUInt16(destination[6..], (ushort)length, syntax);
            return 8;
        }

        WriteUInt16(destination[6..], 0, syntax);
        WriteUInt32(destination[8..], length, syntax);
        return 12;
    }

    private static ElementHeader ReadExplicit(ReadOnlySpan<byte> bytes, DicomTag tag, long offset, DicomTransferSyntax syntax)
    {
        DicomVR vr = VRTraits.Read(bytes[4..]);
        if (!vr.IsPlausible())
        {
            throw new DataSetException($"{tag} at offset {offset} has no value representation but {(ushort)vr:X4}H.");
        }

        if (!vr.HasLongHeader())
        {
            return new ElementHeader(tag, vr, ReadUInt16(bytes[6..], syntax), Size: 8);
        }

        return bytes.Length == 12
            ? new ElementHeader(tag, vr, ReadUInt32(bytes[8..], syntax), Size: 12)
            : throw new DataSetException($"The data set ends in the header of {tag}, at offset {offset}.");
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, DicomTransferSyntax syntax) => syntax.IsBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, DicomTransferSyntax syntax) => syntax.IsBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void WriteUInt16(Span<byte> bytes, ushort value, DicomTransferSyntax syntax)
    {
        if (syntax.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }
    }

    private static void WriteUInt32(Span<byte> bytes, uint value, DicomTransferSyntax syntax)
    {
        if (syntax.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }
    }
}
