using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDataSetEncodeTests
{
    private const uint Sequence = 0x00081110;

    [Fact]
    public void Encode_UnchangedInTheSameSyntax_IsWhatCame()
    {
        EncodedDataSet encoded = EncodedDataSet.FromMemory(Explicit(0x00100020, "LO", "4711"), DicomUids.ExplicitVRLittleEndian);
        using DicomDataSet dataSet = new(encoded, meta: null);

        Assert.Same(encoded, dataSet.Encode(DicomUids.ExplicitVRLittleEndian));
        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        Assert.Same(encoded, dataSet.Encode(DicomUids.ExplicitVRLittleEndian));
    }

    [Fact]
    public void Encode_UnchangedAndMalformed_IsWhatCame()
    {
        byte[] garbage = [1, 2, 3];
        using DicomDataSet dataSet = Parse(garbage);

        Assert.Equal(garbage, dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
        Assert.Throws<DataSetException>(() => dataSet.Encode(DicomUids.ImplicitVRLittleEndian));
    }

    [Fact]
    public void Encode_Changed_KeepsWhatWasNotBitForBit()
    {
        // Reserved bytes that are not zero, a private VR, a delimitation with a length: nothing of that is ours to mend.
        byte[] odd = [.. Tag(0x00080008), .. "UN"u8, 0xAB, 0xCD, .. UInt32(2), 1, 2];
        byte[] sequence = [.. Tag(Sequence), .. "SQ"u8, 0x11, 0x22, .. UInt32(Undefined), .. Tag(0xFFFEE0DD), 0, 0, 0, 0];
        using DicomDataSet dataSet = Parse(Join(odd, sequence, Explicit(0x00100020, "LO", "4711"), Explicit(0x00291010, "ZZ", [1, 2])));

        dataSet.Set(DicomTag.PatientID, "12");

        Assert.Equal(
            Join(odd, sequence, Explicit(0x00100020, "LO", "12"), Explicit(0x00291010, "ZZ", [1, 2])),
            dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encode_ItemChanged_ChangesTheSequenceAlone(bool isUndefined)
    {
        byte[] untouched = ItemUndefined(Explicit(0x00100020, "LO", "same"));
        byte[] before = Item(Explicit(0x00100020, "LO", "long before "));
        byte[] after = Item(Explicit(0x00100020, "LO", "after "));
        byte[] first = Explicit(0x00080005, "CS", "ISO_IR 100");
        byte[] With(byte[] item) => Join(
            first, isUndefined ? ExplicitUndefined(Sequence, "SQ", untouched, item) : Explicit(Sequence, "SQ", Join(untouched, item)));
        using DicomDataSet dataSet = Parse(With(before));

        dataSet.GetItems(Sequence)[1].Set(DicomTag.PatientID, "after");

        Assert.True(dataSet.IsModified);
        Assert.Equal(With(after), dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
        Assert.Throws<InvalidOperationException>(() => dataSet.GetBytes(Sequence));
    }

    [Fact]
    public void Encode_ItemOfUNChanged_StaysImplicit()
    {
        using DicomDataSet dataSet = Parse(ExplicitUndefined(0x00291010, "UN", Item(Implicit(0x00100020, "4711"))));

        dataSet.GetItems(0x00291010)[0].Set(DicomTag.PatientID, "12");

        Assert.Equal(
            ExplicitUndefined(0x00291010, "UN", Item(Implicit(0x00100020, "12"))),
            dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Encode_BetweenNativeSyntaxes_TurnsWordsRoundAndBack()
    {
        byte[] little = Join(
            Explicit(0x00080018, "UI", "1.2.3\0"),
            Explicit(Sequence, "SQ", Item(Explicit(0x00280009, "AT", [1, 2, 3, 4]), Explicit(0x00280010, "US", [1, 2]))),
            ExplicitUndefined(0x00081111, "SQ", ItemUndefined(Explicit(0x00189073, "FD", [1, 2, 3, 4, 5, 6, 7, 8]))),
            Explicit(0x00291010, "UN", [1, 2, 3, 4]),
            Explicit(0x00660002, "UL", [1, 2, 3, 4]),
            Explicit(0x7FE00001, "OV", [1, 2, 3, 4, 5, 6, 7, 8]),
            Explicit(0x7FE00010, "OW", [1, 2, 3, 4]));
        using DicomDataSet dataSet = Parse(little);

        byte[] big = dataSet.Encode(DicomUids.ExplicitVRBigEndian).ToArray();
        using DicomDataSet turned = Parse(big, DicomUids.ExplicitVRBigEndian);

        Assert.Equal([2, 1, 4, 3], turned.GetBytes(DicomTag.PixelData));
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], turned.GetBytes(0x7FE00001));
        Assert.Equal([1, 2, 3, 4], turned.GetBytes(0x00291010));
        Assert.Equal(0x0201, turned.GetItems(Sequence)[0].GetInt32(DicomTag.Rows));
        Assert.Equal([2, 1, 4, 3], turned.GetItems(Sequence)[0].GetBytes(0x00280009));
        Assert.Equal(little, turned.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Encode_ExplicitToImplicitAndBack_TakesVRsFromTheDictionary()
    {
        byte[] bytes = Join(
            Explicit(0x00080018, "UI", "1.2.3\0"), ExplicitUndefined(Sequence, "SQ", Item(Explicit(0x00200010, "SH", "1 "))),
            ExplicitUndefined(0x00291010, "UN", Item(Implicit(0x00100020, "4711"))), Explicit(0x7FE00010, "OW", [1, 2, 3, 4]));
        using DicomDataSet dataSet = Parse(bytes);

        byte[] plain = dataSet.Encode(DicomUids.ImplicitVRLittleEndian).ToArray();
        using DicomDataSet turned = Parse(plain, DicomUids.ImplicitVRLittleEndian);

        Assert.Equal(
            Join(
                Implicit(0x00080018, "1.2.3\0"), ImplicitUndefined(Sequence, Item(Implicit(0x00200010, "1 "))),
                ImplicitUndefined(0x00291010, Item(Implicit(0x00100020, "4711"))), Implicit(0x7FE00010, [1, 2, 3, 4])),
            plain);
        Assert.Equal(bytes, turned.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Encode_ToDeflated_IsInflatedToTheSame()
    {
        byte[] bytes = Join(Explicit(0x00100020, "LO", "4711"), Explicit(0x7FE00010, "OW", new byte[10_000]));
        using DicomDataSet dataSet = Parse(bytes);

        byte[] deflated = dataSet.Encode(DicomUids.DeflatedExplicitVRLittleEndian).ToArray();
        using DicomDataSet inflated = Parse(deflated, DicomUids.DeflatedExplicitVRLittleEndian);

        Assert.InRange(deflated.Length, 1, 1000);
        Assert.Equal(0, deflated.Length % 2);
        Assert.Equal(bytes, inflated.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Theory]
    [InlineData("LO", 4)]
    [InlineData("DS", 4)]
    public void Encode_ImplicitValueTooLongForItsVR_BecomesUN(string vr, int rest)
    {
        uint tag = vr == "LO" ? 0x00081030u : 0x00101030u;
        byte[] value = new byte[65_536 + rest];
        using DicomDataSet dataSet = Parse(Implicit(tag, value), DicomUids.ImplicitVRLittleEndian);

        Assert.Equal(Explicit(tag, "UN", value), dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Theory]
    [InlineData(DicomUids.JpegBaseline8Bit, DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRLittleEndian, DicomUids.JpegBaseline8Bit)]
    [InlineData(DicomUids.RleLossless, DicomUids.JpegBaseline8Bit)]
    [InlineData("1.2.3.4", DicomUids.ExplicitVRLittleEndian)]
    public void Encode_ToOrFromEncapsulated_ThrowsInvalidOperation(string from, string to)
    {
        using DicomDataSet dataSet = Parse(Explicit(0x00100020, "LO", "4711"), from);

        Assert.Throws<InvalidOperationException>(() => dataSet.Encode(to));
        Assert.NotNull(dataSet.Encode(from));
    }

    [Fact]
    public void Encode_FragmentsInANativeSyntax_ThrowsInvalidOperation()
    {
        using DicomDataSet dataSet = Parse(ExplicitUndefined(0x7FE00010, "OB", Item([1, 2])));

        Assert.Throws<InvalidOperationException>(() => dataSet.Encode(DicomUids.ImplicitVRLittleEndian));
    }

    [Fact]
    public void Encode_EncapsulatedWithAChange_KeepsTheFragments()
    {
        byte[] pixels = ExplicitUndefined(0x7FE00010, "OB", Item(), Item([1, 2, 3, 4]));
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00100020, "LO", "4711"), pixels), DicomUids.JpegBaseline8Bit);

        dataSet.Set(DicomTag.PatientID, "12");

        Assert.Equal(Join(Explicit(0x00100020, "LO", "12"), pixels), dataSet.Encode(DicomUids.JpegBaseline8Bit).ToArray());
    }

    [Fact]
    public void Encode_GroupLengths_AreKeptWhereTheGroupIsAndDroppedWhereItIsNot()
    {
        byte[] study = Join(Explicit(0x00080000, "UL", UInt32(16)), Explicit(0x00080020, "DA", "20260101"));
        byte[] patient = Join(Explicit(0x00100000, "UL", UInt32(12)), Explicit(0x00100020, "LO", "4711"));
        using DicomDataSet dataSet = Parse(Join(study, patient));

        dataSet.Set(DicomTag.PatientID, "12");

        Assert.Equal(Join(study, Explicit(0x00100020, "LO", "12")), dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
        Assert.Equal(
            Join(Implicit(0x00080020, "20260101"), Implicit(0x00100020, "12")), dataSet.Encode(DicomUids.ImplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Encode_GroupLengthOfAGroupWithAChangedItem_IsDropped()
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00080000, "UL", UInt32(99)), Explicit(Sequence, "SQ", Item(Explicit(0x00100020, "LO", "4711")))));

        dataSet.GetItems(Sequence)[0].Set(DicomTag.PatientID, "12");

        Assert.Equal(
            Explicit(Sequence, "SQ", Item(Explicit(0x00100020, "LO", "12"))), dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Encode_CommandGroupLength_IsComputed()
    {
        using DicomDataSet dataSet = new(DicomUids.ImplicitVRLittleEndian);
        dataSet.Set(0x00000000, 0);
        dataSet.Set(0x00000100, 0x30);

        Assert.Equal(
            Join(Implicit(0x00000000, UInt32(10)), Implicit(0x00000100, UInt16(0x30))),
            dataSet.Encode(DicomUids.ImplicitVRLittleEndian).ToArray());
    }

    [Fact]
    public void Encode_BigValueWithAChange_IsReferredToNotCopied()
    {
        byte[] pixels = new byte[64 * 1024 * 1024];
        new Random(1).NextBytes(pixels);
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00100020, "LO", "4711"), Explicit(0x7FE00010, "OW", pixels)));
        dataSet.Set(DicomTag.PatientID, "12");
        long before = GC.GetAllocatedBytesForCurrentThread();

        EncodedDataSet encoded = dataSet.Encode(DicomUids.ExplicitVRLittleEndian);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
        byte[] end = new byte[pixels.Length];
        encoded.ReadExactly(encoded.Length - pixels.Length, end);
        Assert.Equal(pixels, end);
        Assert.Equal(0, encoded.Read(encoded.Length, end));
    }
}
