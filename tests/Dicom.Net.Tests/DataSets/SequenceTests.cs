using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class SequenceTests
{
    private const uint ReferencedStudySequence = 0x00081110;

    private static readonly byte[] ElementA = Explicit(0x00081155, "UI", "1.2\0");
    private static readonly byte[] ElementB = Explicit(0x00081155, "UI", "1.23");

    public static TheoryData<string, byte[]> Sequences => new()
    {
        { "defined, defined", Explicit(ReferencedStudySequence, "SQ", Join(Item(ElementA), Item(ElementB))) },
        { "defined, undefined", Explicit(ReferencedStudySequence, "SQ", Join(ItemUndefined(ElementA), ItemUndefined(ElementB))) },
        { "undefined, defined", ExplicitUndefined(ReferencedStudySequence, "SQ", Item(ElementA), Item(ElementB)) },
        { "undefined, undefined", ExplicitUndefined(ReferencedStudySequence, "SQ", ItemUndefined(ElementA), ItemUndefined(ElementB)) },
        { "mixed", ExplicitUndefined(ReferencedStudySequence, "SQ", ItemUndefined(ElementA), Item(ElementB)) },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void GetItems_OfSequence_AreInOrder(string lengths, byte[] sequence)
    {
        Assert.NotEmpty(lengths);
        using DicomDataSet dataSet = Parse(Join(sequence, Explicit(0x00100020, "LO", "4711")));

        Assert.Equal(
            ["1.2", "1.23"], dataSet.GetItems(ReferencedStudySequence).Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID)));
        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Write_SequenceAnew_KeepsDefinedAndUndefinedLengths(string lengths, byte[] sequence)
    {
        Assert.NotEmpty(lengths);
        using DicomDataSet dataSet = Parse(sequence);

        Assert.Equal(sequence, DataSetWriter.Write(dataSet, dataSet.Syntax, copiesUnchanged: false).ToArray());
    }

    [Fact]
    public void GetItems_OfEmptySequence_AreNone()
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00081110, "SQ", ""), ExplicitUndefined(0x00081111, "SQ")));

        Assert.Empty(dataSet.GetItems(0x00081110));
        Assert.Empty(dataSet.GetItems(0x00081111));
    }

    [Fact]
    public void GetItems_OfUNOfUndefinedLength_AreImplicitVR()
    {
        byte[] bytes = ExplicitUndefined(0x00291010, "UN", Item(Implicit(0x00100020, "4711")), ItemUndefined(Implicit(0x00100020, "4712")));
        using DicomDataSet dataSet = Parse(Join(bytes, Explicit(0x00400001, "AE", "AFTER ")));

        Assert.Equal(["4711", "4712"], dataSet.GetItems(0x00291010).Select(item => item.GetString(DicomTag.PatientID)));
        Assert.Equal("AFTER", dataSet.GetString(0x00400001));
        Assert.Equal(
            Join(bytes, Explicit(0x00400001, "AE", "AFTER ")),
            DataSetWriter.Write(dataSet, dataSet.Syntax, copiesUnchanged: false).ToArray());
    }

    [Fact]
    public void GetItems_OfUNThatTheDictionaryKnows_AreImplicitVR()
    {
        using DicomDataSet dataSet = Parse(Explicit(ReferencedStudySequence, "UN", Item(Implicit(0x00081155, "1.2\0"))));

        Assert.Equal("1.2", Assert.Single(dataSet.GetItems(ReferencedStudySequence)).GetString(DicomTag.ReferencedSOPInstanceUID));
    }

    [Fact]
    public void GetItems_OfUnknownImplicitElementOfUndefinedLength_AreRead()
    {
        using DicomDataSet dataSet = Parse(
            ImplicitUndefined(0x00291010, Item(Implicit(0x00100020, "4711"))), DicomUids.ImplicitVRLittleEndian);

        Assert.Equal("4711", Assert.Single(dataSet.GetItems(0x00291010)).GetString(DicomTag.PatientID));
    }

    [Fact]
    public void GetItems_OfSequenceInBigEndian_AreRead()
    {
        byte[] content = Explicit(0x00280010, "US", UInt16(512, true), bigEndian: true);
        byte[] item = [.. Tag(0xFFFEE000, true), .. UInt32((uint)content.Length, true), .. content];
        using DicomDataSet dataSet = Parse(Explicit(ReferencedStudySequence, "SQ", item, bigEndian: true), DicomUids.ExplicitVRBigEndian);

        Assert.Equal(512, Assert.Single(dataSet.GetItems(ReferencedStudySequence)).GetInt32(DicomTag.Rows));
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0x00, 0x20, 0x00, (byte)'L', (byte)'O', 0, 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0xE0, 9, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void GetItems_OfMalformedSequence_Throws(byte[] value)
    {
        using DicomDataSet dataSet = Parse(Explicit(ReferencedStudySequence, "SQ", value));

        Assert.Throws<DataSetException>(() => dataSet.GetItems(ReferencedStudySequence));
    }

    [Fact]
    public void GetItems_WithDelimitationInDefinedLength_IgnoresIt()
    {
        using DicomDataSet dataSet = Parse(Explicit(ReferencedStudySequence, "SQ", Join(Item(ElementA), Delimitation(0xFFFEE0DD))));

        Assert.Single(dataSet.GetItems(ReferencedStudySequence));
    }

    [Fact]
    public void GetItems_OfItem_InheritCharacterSetAndPixelRepresentation()
    {
        byte[] item = Item(Implicit(0x00280106, UInt16(0xFFFF)), Implicit(0x00400007, [0xE4, 0x20]));
        using DicomDataSet dataSet = Parse(
            Join(Implicit(0x00080005, "ISO_IR 100"), Implicit(0x00280103, UInt16(1)), Implicit(0x00400100, item)),
            DicomUids.ImplicitVRLittleEndian);

        DicomDataSet step = Assert.Single(dataSet.GetItems(DicomTag.ScheduledProcedureStepSequence));

        Assert.Equal("ä", step.GetString(DicomTag.ScheduledProcedureStepDescription));
        Assert.Equal(-1, step.GetInt32(0x00280106));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_NestingOfTenThousand_IsRefused(bool isImplicit)
    {
        byte[] open = isImplicit
            ? [.. Tag(ReferencedStudySequence), .. UInt32(Undefined), .. Tag(0xFFFEE000), .. UInt32(Undefined)]
            : [.. Tag(ReferencedStudySequence), .. "SQ\0\0"u8, .. UInt32(Undefined), .. Tag(0xFFFEE000), .. UInt32(Undefined)];
        byte[] bytes = [.. Enumerable.Repeat(open, 10_000).SelectMany(part => part)];
        using DicomDataSet dataSet = Parse(bytes, isImplicit ? DicomUids.ImplicitVRLittleEndian : DicomUids.ExplicitVRLittleEndian);

        Assert.Contains("deeper", Assert.Throws<DataSetException>(() => dataSet.Count).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetItems_NestedInDefinedLengthsBeyondTheLimit_AreRefused()
    {
        byte[] bytes = [];
        for (int i = 0; i < 100; i++)
        {
            bytes = Explicit(ReferencedStudySequence, "SQ", Item(bytes));
        }

        using DicomDataSet dataSet = Parse(bytes);
        DicomDataSet innermost = dataSet;
        for (int i = 0; i < DataSetLimits.Default.MaximumDepth; i++)
        {
            innermost = innermost.GetItems(ReferencedStudySequence)[0];
        }

        DataSetException refused = Assert.Throws<DataSetException>(() => innermost.GetItems(ReferencedStudySequence));
        Assert.Contains("deeper", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestingUpToTheLimit_IsAccepted()
    {
        byte[] bytes = [];
        for (int i = 0; i < DataSetLimits.Default.MaximumDepth; i++)
        {
            bytes = ExplicitUndefined(ReferencedStudySequence, "SQ", ItemUndefined(bytes));
        }

        using DicomDataSet dataSet = Parse(bytes);

        Assert.Equal(bytes, DataSetWriter.Write(dataSet, dataSet.Syntax, copiesUnchanged: false).ToArray());
    }
}
