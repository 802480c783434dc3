using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDataSetSetTests
{
    [Fact]
    public void Encode_OfDataSetBuiltByHand_IsTheBytesOfTheStandard()
    {
        using DicomDataSet dataSet = new();
        dataSet.Set(DicomTag.Rows, 512);
        dataSet.Set(DicomTag.PatientID, "471");
        dataSet.Set(DicomTag.SOPInstanceUID, "1.2.3");
        dataSet.Set(DicomTag.ImageType, "ORIGINAL", "PRIMARY");
        using DicomDataSet item = new();
        item.Set(DicomTag.StudyID, "1");
        dataSet.SetItems(DicomTag.ReferencedStudySequence, item);
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OB, [1, 2, 3]);

        byte[] expected = Join(
            Explicit(0x00080008, "CS", "ORIGINAL\\PRIMARY"),
            Explicit(0x00080018, "UI", "1.2.3\0"),
            Explicit(0x00081110, "SQ", Item(Explicit(0x00200010, "SH", "1 "))),
            Explicit(0x00100020, "LO", "471 "),
            Explicit(0x00280010, "US", UInt16(512)),
            Explicit(0x7FE00010, "OB", [1, 2, 3, 0]));

        Assert.Equal(expected, dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
        Assert.Equal(6, dataSet.Count);
    }

    [Theory]
    [InlineData(DicomUids.ImplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRBigEndian)]
    [InlineData(DicomUids.DeflatedExplicitVRLittleEndian)]
    public void Set_InAnyTransferSyntax_IsReadBack(string syntax)
    {
        using DicomDataSet dataSet = new(syntax);
        dataSet.Set(DicomTag.Rows, 0x1234);
        dataSet.Set(0x00189073, 0.1);
        dataSet.Set(0x00280009, 0x00181063);
        dataSet.Set(DicomTag.NumberOfFrames, 7);
        dataSet.Set(0x00101030, 81.5);
        using DicomDataSet read = Parse(dataSet.Encode(syntax).ToArray(), syntax);

        foreach (DicomDataSet each in new[] { dataSet, read })
        {
            Assert.Equal(0x1234, each.GetInt32(DicomTag.Rows));
            Assert.Equal(0.1, each.GetDouble(0x00189073));
            Assert.Equal(0x00181063, each.GetInt64(0x00280009));
            Assert.Equal(7, each.GetInt32(DicomTag.NumberOfFrames));
            Assert.Equal(81.5, each.GetDouble(DicomTag.PatientWeight));
        }
    }

    [Theory]
    [InlineData("", new byte[0])]
    [InlineData("1", new byte[] { 1, 0 })]
    [InlineData("1\\2", new byte[] { 1, 0, 2, 0 })]
    public void Set_TextOfBinaryNumber_IsParsed(string text, byte[] expected)
    {
        using DicomDataSet dataSet = new();
        dataSet.Set(DicomTag.Rows, text);

        Assert.Equal(expected, dataSet.GetBytes(DicomTag.Rows));
    }

    [Fact]
    public void Set_EmptyText_MakesAnElementWithoutValueOfAnyVR()
    {
        using DicomDataSet dataSet = new();
        dataSet.Set(DicomTag.ReferencedStudySequence, "");
        dataSet.Set(DicomTag.PixelData);

        Assert.Empty(dataSet.GetItems(DicomTag.ReferencedStudySequence));
        Assert.Equal(0, dataSet.Find(DicomTag.PixelData)!.Length);
        Assert.Equal(
            Join(Explicit(0x00081110, "SQ", ""), Explicit(0x7FE00010, "OW", "")),
            dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Set_WhatTheVRCannotHold_ThrowsArgumentException()
    {
        using DicomDataSet dataSet = new();

        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.Rows, 65536));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.Rows, "many"));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.Rows, 1.5));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.PatientID, 1));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.PatientWeight, double.NaN));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.NumberOfFrames, 1L << 40));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.PixelData, "text"));
        Assert.Throws<ArgumentException>(() => dataSet.Set(0x00291010, "private"));
        Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.ImageType, "A\\B", "C"));
        Assert.Throws<ArgumentException>(() => dataSet.Set(0x00104000, "A", "B"));
        Assert.Throws<ArgumentException>(() => dataSet.SetBytes(DicomTag.ReferencedStudySequence, DicomVR.SQ, []));
        Assert.Throws<ArgumentException>(() => dataSet.SetBytes(0xFFFEE000, DicomVR.UN, []));
        Assert.Throws<ArgumentException>(() => dataSet.SetItems(DicomTag.PatientID));
        Assert.Empty(dataSet);
    }

    [Fact]
    public void Set_CharacterThatTheSetLacks_SaysWhatToDo()
    {
        using DicomDataSet dataSet = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() => dataSet.Set(DicomTag.PatientName, "Müller"));
        Assert.Contains("ISO_IR 192", error.Message, StringComparison.Ordinal);

        dataSet.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        dataSet.Set(DicomTag.PatientName, "Müller");
        Assert.Equal("Müller", dataSet.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void SetText_OfPrivateElement_HasTheNamedVR()
    {
        using DicomDataSet dataSet = new();
        dataSet.SetText(0x00291010, DicomVR.LO, "a", "b");

        Assert.Equal(["a", "b"], dataSet.GetStrings(0x00291010));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1.0 / 3)]
    [InlineData(-1.23456789012345e-300)]
    [InlineData(-0.000123456789012345)]
    [InlineData(12345678901234567890.0)]
    public void Set_DoubleInDS_HasAtMostSixteenCharacters(double value)
    {
        using DicomDataSet dataSet = new();
        dataSet.Set(DicomTag.PatientWeight, value);

        Assert.InRange(dataSet.GetString(DicomTag.PatientWeight)!.Length, 1, 16);
        Assert.Equal(1, dataSet.GetDouble(DicomTag.PatientWeight) / value, precision: 8);
    }

    [Fact]
    public void SetItems_OfItselfOrAnAncestor_Throws()
    {
        using DicomDataSet outer = new();
        using DicomDataSet inner = new();
        outer.SetItems(DicomTag.ReferencedStudySequence, inner);

        Assert.Throws<ArgumentException>(() => outer.SetItems(DicomTag.ReferencedStudySequence, outer));
        Assert.Throws<ArgumentException>(() => inner.SetItems(DicomTag.ReferencedStudySequence, outer));
    }

    [Fact]
    public void Encode_OfDataSetsThatContainEachOtherAllTheSame_Throws()
    {
        using DicomDataSet first = new();
        using DicomDataSet second = new();
        using DicomDataSet third = new();
        first.SetItems(DicomTag.ReferencedStudySequence, second);
        third.SetItems(DicomTag.ReferencedStudySequence, second);
        second.SetItems(DicomTag.ReferencedStudySequence, third);

        Assert.Throws<InvalidOperationException>(() => third.Encode(DicomUids.ExplicitVRLittleEndian));
    }

    [Fact]
    public void RemoveAndClear_OfElements_TakeThemAway()
    {
        using DicomDataSet dataSet = Parse(
            Join(Explicit(0x00100020, "LO", "4711"), Explicit(0x00280010, "US", [1, 0]), Explicit(0x7FE00010, "OW", [1, 2])));

        Assert.True(dataSet.Remove(DicomTag.PatientID));
        Assert.False(dataSet.Remove(DicomTag.PatientID));
        Assert.True(dataSet.Remove(DicomTag.PixelData));
        Assert.Equal(Explicit(0x00280010, "US", [1, 0]), dataSet.Encode(dataSet.TransferSyntax).ToArray());

        dataSet.Clear();
        Assert.Equal(0, dataSet.Count);
        Assert.Equal(0, dataSet.Encode(dataSet.TransferSyntax).Length);
    }

    [Fact]
    public void Set_EncapsulatedPixelData_IsWrittenWithUndefinedLength()
    {
        byte[] fragments = Join(Item(), Item([1, 2, 3, 4]));
        using DicomDataSet dataSet = new(DicomUids.RleLossless);
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OB, fragments);

        Assert.Equal(ExplicitUndefined(0x7FE00010, "OB", fragments), dataSet.Encode(DicomUids.RleLossless).ToArray());
    }

    [Fact]
    public void Set_ReplacedRead_KeepsTheOrder()
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00100010, "PN", "A "), Explicit(0x00100020, "LO", "1 ")));
        dataSet.Set(DicomTag.PatientName, "B");

        Assert.Equal(
            Join(Explicit(0x00100010, "PN", "B "), Explicit(0x00100020, "LO", "1 ")), dataSet.Encode(dataSet.TransferSyntax).ToArray());
    }
}
