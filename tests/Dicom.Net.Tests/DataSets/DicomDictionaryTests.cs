namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDictionaryTests
{
    [Theory]
    [InlineData(0x00100010u, DicomVR.PN, "PatientName")]
    [InlineData(0x00000000u, DicomVR.UL, "CommandGroupLength")]
    [InlineData(0x00000110u, DicomVR.US, "MessageID")]
    [InlineData(0x00020010u, DicomVR.UI, "TransferSyntaxUID")]
    [InlineData(0x00081140u, DicomVR.SQ, "ReferencedImageSequence")]
    [InlineData(0x7FE00010u, DicomVR.OW, "PixelData")]
    [InlineData(0x7FE00001u, DicomVR.OV, "ExtendedOffsetTable")]
    [InlineData(0x00280106u, DicomVR.US, "SmallestImagePixelValue")]
    [InlineData(0xFFFCFFFCu, DicomVR.OB, "DataSetTrailingPadding")]
    public void GetVR_OfStandardElement_IsRegistered(uint tag, DicomVR vr, string keyword)
    {
        Assert.Equal(vr, DicomDictionary.GetVR(tag));
        Assert.Equal(keyword, DicomDictionary.GetKeyword(tag));
        Assert.True(DicomDictionary.TryGetTag(keyword, out DicomTag found));
        Assert.Equal(tag, found.ToUInt32());
    }

    [Theory]
    [InlineData(0x60003000u)]
    [InlineData(0x60023000u)]
    [InlineData(0x601E3000u)]
    public void GetVR_OfRepeatingGroup_IsThatOfTheFirst(uint tag)
    {
        Assert.Equal(DicomVR.OW, DicomDictionary.GetVR(tag));
        Assert.Equal("OverlayData", DicomDictionary.GetKeyword(tag));
    }

    [Fact]
    public void TryGetTag_OfRepeatingGroup_IsTheFirst()
    {
        Assert.True(DicomDictionary.TryGetTag("OverlayData", out DicomTag tag));
        Assert.Equal(new DicomTag(0x6000, 0x3000), tag);
    }

    [Fact]
    public void GetVR_OfGroupLength_IsUL() => Assert.Equal(DicomVR.UL, DicomDictionary.GetVR(new DicomTag(0x0029, 0x0000)));

    [Fact]
    public void GetVR_OfPrivateCreator_IsLO() => Assert.Equal(DicomVR.LO, DicomDictionary.GetVR(new DicomTag(0x0029, 0x0010)));

    [Theory]
    [InlineData(0x00291010u)]
    [InlineData(0x60013000u)]
    [InlineData(0x0008FFF0u)]
    public void GetVR_OfUnknownElement_IsUN(uint tag)
    {
        Assert.Equal(DicomVR.UN, DicomDictionary.GetVR(tag));
        Assert.Null(DicomDictionary.GetKeyword(tag));
    }

    [Theory]
    [InlineData("NoSuchKeyword")]
    [InlineData("patientname")]
    [InlineData("")]
    [InlineData(null)]
    public void TryGetTag_OfNoKeyword_IsFalse(string? keyword) => Assert.False(DicomDictionary.TryGetTag(keyword, out _));

    [Fact]
    public void TryGetTag_OfEveryNamedTag_IsThatTag()
    {
        // The names are the keywords with abbreviations in .NET's manner.
        foreach (System.Reflection.PropertyInfo property in typeof(DicomTag).GetProperties(
            System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static))
        {
            DicomTag tag = (DicomTag)property.GetValue(null)!;
            Assert.Equal(property.Name, DicomDictionary.GetKeyword(tag), ignoreCase: true);
        }
    }
}
