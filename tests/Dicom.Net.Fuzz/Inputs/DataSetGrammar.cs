using System.IO.Compression;
using Dicom.Net.DataSets;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>Data sets as PS3.5 §7 has them, in every transfer syntax, with nested sequences of defined and undefined length.</summary>
internal sealed class DataSetGrammar(FieldWriter writer, FuzzRandom random, DicomTransferSyntax syntax)
{
    private const uint Undefined = 0xFFFFFFFF;

    private static readonly DicomTag[] Tags =
    [
        DicomTag.SpecificCharacterSet, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.ReferencedStudySequence,
        new(0x0009, 0x0010), new(0x0009, 0x1001), DicomTag.PatientName, DicomTag.Rows, DicomTag.PixelRepresentation,
        new(0x0028, 0x0106), new(0x0028, 0x1201), DicomTag.ReferencedSOPSequence, new(0x0040, 0x0100), new(0x0041, 0x1001), new(0x5400, 0x0100),
        DicomTag.PixelData, new(0xFFFC, 0xFFFC),
    ];

    private static readonly DicomVR[] VRs = [.. Enum.GetValues<DicomVR>().Where(vr => vr != DicomVR.None)];

    // PS3.5 §7.1.2: those with a length of 16 bits.
    private static readonly DicomVR[] ShortVRs =
    [
        DicomVR.AE, DicomVR.AS, DicomVR.AT, DicomVR.CS, DicomVR.DA, DicomVR.DS, DicomVR.DT, DicomVR.FL, DicomVR.FD, DicomVR.IS, DicomVR.LO,
        DicomVR.LT, DicomVR.PN, DicomVR.SH, DicomVR.SL, DicomVR.SS, DicomVR.ST, DicomVR.TM, DicomVR.UI, DicomVR.UL, DicomVR.US,
    ];

    /// <summary>The transfer syntaxes that differ in how they are read.</summary>
    public static DicomTransferSyntax[] Syntaxes { get; } =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian, DicomTransferSyntax.Of(DicomUids.JpegBaseline8Bit),
        DicomTransferSyntax.Of("1.2.840.10008.1.2.4.205"), DicomTransferSyntax.Of("1.2.3.5"),
    ];

    /// <summary>A data set, deflated where the transfer syntax says so.</summary>
    public static byte[] Any(FuzzRandom random, DicomTransferSyntax syntax, int wrongField = -1)
    {
        var writer = new FieldWriter(random, wrongField) { BigEndian = syntax.IsBigEndian };
        new DataSetGrammar(writer, random, syntax).Elements(depth: 0);
        return syntax.IsDeflated ? Deflated(writer.ToArray()) : writer.ToArray();
    }

    public static byte[] Deflated(byte[] bytes)
    {
        using var deflated = new MemoryStream();
        using (var deflater = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return deflated.ToArray();
    }

    private void Elements(int depth)
    {
        if (depth == 0 && random.OneIn(40))
        {
            DeepSequences(random.Next(50, 80));
            return;
        }

        foreach (var tag in Tags)
        {
            if (random.OneIn(4))
            {
                Element(tag, depth);
            }
        }
    }

    private void Element(DicomTag tag, int depth)
    {
        var vr = random.OneIn(12) ? random.Pick<DicomVR>(VRs) : DicomDictionary.GetVR(tag);
        var known = syntax.IsExplicitVR ? vr : DicomDictionary.GetVR(tag);
        if (known == DicomVR.SQ || (known == DicomVR.UN && random.OneIn(4)))
        {
            Sequence(tag, vr, depth);
        }
        else if (tag == DicomTag.PixelData && (syntax.IsEncapsulated || random.OneIn(10)))
        {
            Fragments(tag);
        }
        else
        {
            var length = Header(tag, vr, isUndefined: false);
            writer.Bytes(Value(vr));
            writer.End(length);
        }
    }

    private void Sequence(DicomTag tag, DicomVR vr, int depth)
    {
        var isUndefined = random.OneIn(2);
        var length = Header(tag, vr, isUndefined);
        for (var count = depth > 4 ? 0 : random.Next(3); count > 0; count--)
        {
            Item(depth);
        }

        End(length, isUndefined, ElementHeader.SequenceDelimitation);
    }

    private void Item(int depth)
    {
        var isUndefined = random.OneIn(2);
        Tag(ElementHeader.Item);
        var length = Length(isUndefined, 4);
        Elements(depth + 1);
        End(length, isUndefined, ElementHeader.ItemDelimitation);
    }

    /// <summary>PS3.5 Annex A.4: a run of fragments, the first of which is a table of offsets.</summary>
    private void Fragments(DicomTag tag)
    {
        var length = Header(tag, DicomVR.OB, isUndefined: true);
        for (var count = random.Next(4); count > 0; count--)
        {
            Tag(ElementHeader.Item);
            var fragment = writer.Begin(4);
            writer.Bytes(random.NextBytes(2 * random.Next(8)));
            writer.End(fragment);
        }

        End(length, isUndefined: true, ElementHeader.SequenceDelimitation);
    }

    /// <summary>Sequences within sequences, around the limit.</summary>
    private void DeepSequences(int depth)
    {
        for (var level = 0; level < depth; level++)
        {
            Header(DicomTag.ReferencedStudySequence, DicomVR.SQ, isUndefined: true);
            Tag(ElementHeader.Item);
            writer.UInt32(Undefined);
        }

        for (var level = 0; level < depth; level++)
        {
            End(default, isUndefined: true, ElementHeader.ItemDelimitation);
            End(default, isUndefined: true, ElementHeader.SequenceDelimitation);
        }
    }

    private FieldWriter.LengthField Header(DicomTag tag, DicomVR vr, bool isUndefined)
    {
        Tag(tag);
        if (!syntax.IsExplicitVR)
        {
            return Length(isUndefined, 4);
        }

        writer.Bytes([(byte)((int)vr >> 8), (byte)vr]);
        if (ShortVRs.Contains(vr))
        {
            return writer.Begin(2);
        }

        writer.UInt16(0);
        return Length(isUndefined, 4);
    }

    private FieldWriter.LengthField Length(bool isUndefined, int size)
    {
        if (!isUndefined)
        {
            return writer.Begin(size);
        }

        writer.UInt32(Undefined);
        return default;
    }

    private void End(FieldWriter.LengthField length, bool isUndefined, DicomTag delimitation)
    {
        if (isUndefined)
        {
            Tag(delimitation);
            writer.UInt32(0);
        }
        else
        {
            writer.End(length);
        }
    }

    private void Tag(DicomTag tag)
    {
        writer.UInt16(tag.Group);
        writer.UInt16(tag.Element);
    }

    private byte[] Value(DicomVR vr)
    {
        var text = vr switch
        {
            DicomVR.CS => random.Pick(["ISO_IR 192", "ISO_IR 100", "ISO 2022 IR 87", "\\ISO 2022 IR 149", "ISO 2022 IR 13\\ISO 2022 IR 87", "GB18030 "]),
            DicomVR.UI => random.Pick(["1.2.840.10008.1.1\0", "1.2.3\0", "../../etc/passwd", "1.2.840.10008.5.1.4.1.1.2\0"]),
            DicomVR.IS => random.Pick(["12", "-1", "99999999999 ", "1\\2 ", "x "]),
            DicomVR.DS => random.Pick(["1.5 ", "-1e400", "NaN ", "1\\2\\3 ", "1e308\\ "]),
            DicomVR.PN => random.Pick(["Yamada^Tarou=\x1b$B;3ED\x1b(B^", "Doe^John", "\x1b$)C\xb1\xe8", "\xc3\xbc"]),
            _ => null,
        };
        return text is null ? random.NextBytes(2 * random.Next(9)) : System.Text.Encoding.Latin1.GetBytes(text);
    }
}
