namespace Dicom.Net.Tests.DataSets;

public sealed class DicomTagTests
{
    [Fact]
    public void ToString_OfTag_IsThatOfTheStandard() => Assert.Equal("(7FE0,0010)", DicomTag.PixelData.ToString());

    [Fact]
    public void Conversion_FromAndToUInt32_IsGroupThenElement()
    {
        DicomTag tag = 0x00100020;
        uint number = DicomTag.PatientID;

        Assert.Equal(DicomTag.PatientID, tag);
        Assert.Equal(0x00100020u, number);
        Assert.Equal(DicomTag.PatientID, (DicomTag)0x00100020L);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(0x1_0000_0000L)]
    public void Conversion_FromInt64ThatIsNoTag_Throws(long value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => (DicomTag)value);

    [Fact]
    public void CompareTo_GroupThenElement_OrdersAsInADataSet()
    {
        DicomTag[] tags = [DicomTag.PixelData, DicomTag.PatientID, DicomTag.PatientName, 0xFFFEE000];

        Array.Sort(tags);

        Assert.Equal([DicomTag.PatientName, DicomTag.PatientID, DicomTag.PixelData, 0xFFFEE000], tags);
        Assert.True(DicomTag.PatientName < DicomTag.PatientID);
        Assert.True(DicomTag.PatientID <= DicomTag.PatientID);
        Assert.True(DicomTag.PixelData > DicomTag.PatientID);
        Assert.True(DicomTag.PixelData >= DicomTag.PixelData);
    }

    [Fact]
    public void IsPrivate_OfOddGroup_IsTrue()
    {
        Assert.True(new DicomTag(0x0009, 0x0010).IsPrivate);
        Assert.False(DicomTag.PatientID.IsPrivate);
    }
}
