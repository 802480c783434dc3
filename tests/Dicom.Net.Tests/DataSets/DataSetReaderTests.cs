using System.IO.Compression;
using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class DataSetReaderTests
{
    [Fact]
    public void Read_ImplicitVR_TakesVRsFromTheDictionary()
    {
        using DicomDataSet dataSet = Parse(
            Join(Implicit(0x00100010, "Doe^Jane"), Implicit(0x00280010, UInt16(512)), Implicit(0x00291010, [1, 2, 3, 4])),
            DicomUids.ImplicitVRLittleEndian);

        Assert.Equal([DicomVR.PN, DicomVR.US, DicomVR.UN], dataSet.Select(element => element.VR));
        Assert.Equal("Doe^Jane", dataSet.GetString(DicomTag.PatientName));
        Assert.Equal(512, dataSet.GetInt32(DicomTag.Rows));
        Assert.Equal([1, 2, 3, 4], dataSet.GetBytes(0x00291010));
    }

    [Theory]
    [InlineData(0, DicomVR.US, 65535)]
    [InlineData(1, DicomVR.SS, -1)]
    public void Read_ImplicitVRThatIsUSOrSS_FollowsPixelRepresentation(ushort representation, DicomVR vr, int value)
    {
        using DicomDataSet dataSet = Parse(
            Join(Implicit(0x00280103, UInt16(representation)), Implicit(0x00280106, UInt16(0xFFFF))), DicomUids.ImplicitVRLittleEndian);

        Assert.Equal(vr, dataSet.Find(0x00280106)!.VR);
        Assert.Equal(value, dataSet.GetInt32(0x00280106));
    }

    [Fact]
    public void Read_BigEndian_TurnsWordsRound()
    {
        using DicomDataSet dataSet = Parse(
            Join(Explicit(0x00100010, "PN", "Doe^Jane", bigEndian: true), Explicit(0x00280010, "US", UInt16(512, true), bigEndian: true)),
            DicomUids.ExplicitVRBigEndian);

        Assert.Equal("Doe^Jane", dataSet.GetString(DicomTag.PatientName));
        Assert.Equal(512, dataSet.GetInt32(DicomTag.Rows));
    }

    [Fact]
    public void Read_Deflated_Inflates()
    {
        using DicomDataSet dataSet = Parse(Deflate(Explicit(0x00100020, "LO", "4711")), DicomUids.DeflatedExplicitVRLittleEndian);

        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Read_DeflatedThatIsNot_Throws()
    {
        using DicomDataSet dataSet = Parse([0xFF, 0xFF, 0xFF, 0xFF], DicomUids.DeflatedExplicitVRLittleEndian);

        Assert.Throws<DataSetException>(() => dataSet.Count);
    }

    [Fact]
    public void Read_DeflatedBomb_IsRefusedAtTheLimit()
    {
        using MemoryStream bomb = new();
        using (DeflateStream deflater = new(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i <= DataSetLimits.Default.MaximumInflatedLength / zeros.Length; i++)
            {
                deflater.Write(zeros);
            }
        }

        using DicomDataSet dataSet = Parse(bomb.ToArray(), DicomUids.DeflatedExplicitVRLittleEndian);

        Assert.Contains("deflated", Assert.Throws<DataSetException>(() => dataSet.Count).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OB")]
    [InlineData("OD")]
    [InlineData("OF")]
    [InlineData("OL")]
    [InlineData("OV")]
    [InlineData("OW")]
    [InlineData("SV")]
    [InlineData("UC")]
    [InlineData("UN")]
    [InlineData("UR")]
    [InlineData("UT")]
    [InlineData("UV")]
    [InlineData("ZZ")]
    public void Read_VRWithLongHeader_HasFourBytesOfLength(string vr)
    {
        byte[] value = [1, 2, 3, 4, 5, 6, 7, 8];
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00291010, vr, value), Explicit(0x00291011, "CS", "AFTER ")));

        Assert.Equal(value, dataSet.GetBytes(0x00291010));
        Assert.Equal("AFTER", dataSet.GetString(0x00291011));
        Assert.Equal(vr, dataSet.Find(0x00291010)!.VR.Letters());
    }

    [Fact]
    public void Read_VRThatIsNoLetters_Throws()
    {
        using DicomDataSet dataSet = Parse([0x10, 0x00, 0x10, 0x00, 0x08, 0x00, 0x00, 0x00, 1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Throws<DataSetException>(() => dataSet.Count);
    }

    [Theory]
    [InlineData(0xFFFFFFFEu)]
    [InlineData(0x80000000u)]
    [InlineData(5u)]
    public void Read_LengthBeyondTheData_ThrowsBeforeAllocating(uint length)
    {
        using DicomDataSet dataSet = Parse([.. Tag(0x00420011), .. "OB\0\0"u8, .. UInt32(length), 1, 2, 3, 4]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataSetException>(() => dataSet.Find(0x00420011));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Theory]
    [InlineData("UT")]
    [InlineData("UR")]
    [InlineData("OD")]
    [InlineData("ZZ")]
    public void Read_UndefinedLengthOfVRThatMayNot_Throws(string vr)
    {
        using DicomDataSet dataSet = Parse(ExplicitUndefined(0x00291010, vr, Item()));

        Assert.Throws<DataSetException>(() => dataSet.Count);
    }

    [Theory]
    [InlineData(0xFFFEE000u)]
    [InlineData(0xFFFEE00Du)]
    [InlineData(0xFFFEE0DDu)]
    public void Read_ItemStructureAmongElements_Throws(uint tag)
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00100020, "LO", "4711"), Delimitation(tag)));

        Assert.Throws<DataSetException>(() => dataSet.GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Read_ElementsOutOfOrder_AreFound()
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00200010, "SH", "3 "), Explicit(0x00080020, "DA", "20260101"), Explicit(0x00100020, "LO", "2 ")));

        Assert.Equal("2", dataSet.GetString(DicomTag.PatientID));
        Assert.Equal([DicomTag.StudyDate, DicomTag.PatientID, DicomTag.StudyID], dataSet.Select(element => element.Tag));
    }

    [Fact]
    public void Read_ElementTwice_TheFirstStands()
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00100020, "LO", "1 "), Explicit(0x00100020, "LO", "2 ")));

        Assert.Equal("1", dataSet.GetString(DicomTag.PatientID));
        Assert.Equal(1, dataSet.Count);
    }

    [Fact]
    public void Read_PixelDataCutOff_LeavesTheRestReadable()
    {
        byte[] whole = Join(Explicit(0x00100020, "LO", "4711"), Explicit(0x7FE00010, "OW", new byte[100]));
        using DicomDataSet dataSet = Parse(whole[..^10]);

        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        Assert.False(dataSet.Contains(DicomTag.Rows));
        Assert.Throws<DataSetException>(() => dataSet.GetBytes(DicomTag.PixelData));
    }

    [Fact]
    public void Read_EncapsulatedPixelData_IsKeptAsItsFragments()
    {
        byte[] fragments = Join(Item(), Item([1, 2, 3, 4]), Item([0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]));
        byte[] bytes = Join(
            Explicit(0x00100020, "LO", "4711"), ExplicitUndefined(0x7FE00010, "OB", fragments), Explicit(0xFFFCFFFC, "OB", [0, 0]));
        using DicomDataSet dataSet = Parse(bytes, DicomUids.JpegBaseline8Bit);

        Assert.Equal(fragments, dataSet.GetBytes(DicomTag.PixelData));
        Assert.Equal(3, dataSet.Count);
    }

    [Fact]
    public void Read_FragmentOfUndefinedLength_Throws()
    {
        using DicomDataSet dataSet = Parse(ExplicitUndefined(0x7FE00010, "OB", ItemUndefined()), DicomUids.JpegBaseline8Bit);

        Assert.Throws<DataSetException>(() => dataSet.Count);
    }

    [Fact]
    public void Read_TooManyElements_Throws()
    {
        byte[] bytes = [.. Enumerable.Range(0, DataSetLimits.Default.MaximumElements + 1).SelectMany(i => Implicit(0x00091000 + (uint)i, []))];
        using DicomDataSet dataSet = Parse(bytes, DicomUids.ImplicitVRLittleEndian);

        Assert.Contains("elements", Assert.Throws<DataSetException>(() => dataSet.Count).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyElementsOfOneTag_Throws()
    {
        byte[] bytes = [.. Enumerable.Range(0, DataSetLimits.Default.MaximumElements + 1).SelectMany(_ => Implicit(0x00091000, []))];
        using DicomDataSet dataSet = Parse(bytes, DicomUids.ImplicitVRLittleEndian);

        Assert.Contains("elements", Assert.Throws<DataSetException>(() => dataSet.Count).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyElementsInDescendingOrderEachTwice_AreInOrderAndTheFirstOfATagStands()
    {
        const int count = 20_000;
        byte[] bytes = [.. Enumerable.Range(1, 2 * count).SelectMany(i => Implicit(0x00091000 + (uint)(count - ((i + 1) / 2)), [(byte)(i % 2), 0]))];
        using DicomDataSet dataSet = Parse(bytes, DicomUids.ImplicitVRLittleEndian);

        Assert.Equal(Enumerable.Range(0, count).Select(i => DicomTag.FromUInt32(0x00091000 + (uint)i)), dataSet.Select(element => element.Tag));
        Assert.All(dataSet, element => Assert.Equal(1, dataSet.GetBytes(element.Tag)![0]));
    }

    [Fact]
    public void Read_ElementsOutOfOrderBeforeAndAfterPixelData_AreInOrder()
    {
        using DicomDataSet dataSet = Parse(Join(
            Explicit(0x00100020, "LO", "1 "), Explicit(0x00080020, "DA", "20260101"), Explicit(0x7FE00010, "OW", [1, 2]),
            Explicit(0xFFFCFFFC, "OB", [0, 0]), Explicit(0x7FE10010, "LO", "2 ")));

        Assert.Equal(
            [DicomTag.StudyDate, DicomTag.PatientID, DicomTag.PixelData, 0x7FE10010, 0xFFFCFFFC], dataSet.Select(element => element.Tag));
    }

    [Fact]
    public void Read_Malformed_IsReadOnceAndThrowsTheSameEachTime()
    {
        CountedDataSet malformed = new(Join(Explicit(0x00100020, "LO", "4711"), Delimitation(0xFFFEE000)));
        using DicomDataSet dataSet = new(malformed, meta: null);
        string message = Assert.Throws<DataSetException>(() => dataSet.GetString(DicomTag.PatientID)).Message;
        int reads = malformed.Reads;

        Assert.Equal(message, Assert.Throws<DataSetException>(() => dataSet.Count).Message);
        Assert.Equal(reads, malformed.Reads);
    }

    [Fact]
    public void Read_Malformed_IsCopiedAndClearedAllTheSame()
    {
        byte[] bytes = Join(Explicit(0x00100020, "LO", "4711"), Delimitation(0xFFFEE000));
        using DicomDataSet dataSet = Parse(bytes);
        Assert.Throws<DataSetException>(() => dataSet.Count);

        using DicomDataSet copy = dataSet.Copy();
        using EncodedDataSet encoded = copy.Encode(copy.TransferSyntax);
        Assert.Equal(bytes, encoded.ToArray());
        dataSet.Clear();
        Assert.Empty(dataSet);
    }

    [Fact]
    public void Read_Empty_HasNoElements()
    {
        using DicomDataSet dataSet = Parse([]);

        Assert.Empty(dataSet);
    }

    internal static byte[] Deflate(byte[] bytes)
    {
        using MemoryStream deflated = new();
        using (DeflateStream deflater = new(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return deflated.Length % 2 == 0 ? deflated.ToArray() : [.. deflated.ToArray(), 0];
    }
}
