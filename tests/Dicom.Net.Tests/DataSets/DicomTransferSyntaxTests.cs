namespace Dicom.Net.Tests.DataSets;

public sealed class DicomTransferSyntaxTests
{
    [Theory]
    [InlineData(DicomUids.ImplicitVRLittleEndian, false, false, false, false)]
    [InlineData(DicomUids.ExplicitVRLittleEndian, true, false, false, false)]
    [InlineData(DicomUids.ExplicitVRBigEndian, true, true, false, false)]
    [InlineData(DicomUids.DeflatedExplicitVRLittleEndian, true, false, true, false)]
    [InlineData(DicomUids.JpegBaseline8Bit, true, false, false, true)]
    [InlineData(DicomUids.RleLossless, true, false, false, true)]
    [InlineData(DicomUids.EncapsulatedUncompressedExplicitVRLittleEndian, true, false, false, true)]
    [InlineData(DicomUids.JpipReferenced, true, false, false, false)]
    [InlineData(DicomUids.JpipReferencedDeflate, true, false, true, false)]
    [InlineData(DicomUids.Papyrus3ImplicitVRLittleEndian, false, false, false, false)]
    [InlineData("1.2.3.4.5", true, false, false, true)]
    public void Of_Uid_HasTheStandardsProperties(string uid, bool isExplicit, bool isBigEndian, bool isDeflated, bool isEncapsulated)
    {
        DicomTransferSyntax syntax = DicomTransferSyntax.Of(uid);

        Assert.Equal(
            (isExplicit, isBigEndian, isDeflated, isEncapsulated),
            (syntax.IsExplicitVR, syntax.IsBigEndian, syntax.IsDeflated, syntax.IsEncapsulated));
        Assert.Equal(uid, syntax.Uid);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2\0")]
    [InlineData("1.2.840.10008.1.2 ")]
    public void Of_PaddedUid_IsThatWithoutPadding(string uid) =>
        Assert.Equal(DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.Of(uid));

    [Fact]
    public void Of_EmptyUid_Throws() => Assert.Throws<ArgumentException>(() => DicomTransferSyntax.Of("\0"));

    [Fact]
    public void ToString_OfUnknown_IsTheUid() => Assert.Equal("1.2.3", DicomTransferSyntax.Of("1.2.3").ToString());

    [Fact]
    public void Equals_OfTwoWithOneUid_IsTrue() =>
        Assert.Equal(DicomTransferSyntax.Of(DicomUids.Jpeg2000), DicomTransferSyntax.Of(DicomUids.Jpeg2000));
}
