using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class FileMetaInformationTests
{
    private static readonly byte[] TransferSyntax = Explicit(0x00020010, "UI", "1.2.840.10008.1.2.1\0");
    private static readonly byte[] DataSet = Explicit(0x00100020, "LO", "4711");
    private static readonly FileMetaInformation Full = new()
    {
        MediaStorageSopClassUid = "1.2.3",
        MediaStorageSopInstanceUid = "1.2.3.4",
        TransferSyntaxUid = DicomUids.ExplicitVRLittleEndian,
        ImplementationClassUid = "1.2.3.5",
        ImplementationVersionName = "VERSION",
        SourceApplicationEntityTitle = "SOURCE",
        SendingApplicationEntityTitle = "SENDING",
        ReceivingApplicationEntityTitle = "RECEIVING",
    };

    [Fact]
    public void Write_AllElements_AreReadBack()
    {
        byte[] file = [.. Write(Full), .. DataSet];

        Assert.Equal(Full, FileMetaInformation.Read(file, out long offset));
        Assert.Equal(file.Length - DataSet.Length, offset);
    }

    [Fact]
    public void Write_Bytes_AreThoseOfTheStandard()
    {
        byte[] rest = Join(
            Explicit(0x00020001, "OB", [0, 1]),
            Explicit(0x00020002, "UI", "1.2.3\0"),
            Explicit(0x00020003, "UI", "1.2.3.4\0"),
            TransferSyntax,
            Explicit(0x00020012, "UI", "1.2.3.5\0"));
        FileMetaInformation meta = Full with
        {
            ImplementationVersionName = null,
            SourceApplicationEntityTitle = null,
            SendingApplicationEntityTitle = null,
            ReceivingApplicationEntityTitle = "",
        };

        Assert.Equal(Join(new byte[128], Ascii("DICM"), Explicit(0x00020000, "UL", UInt32((uint)rest.Length)), rest), Write(meta));
    }

    [Fact]
    public void Write_WithoutRequiredUid_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => Write(Full with { MediaStorageSopClassUid = "" }));
        Assert.Throws<InvalidOperationException>(() => Write(Full with { MediaStorageSopInstanceUid = new string('1', 65) }));
        Assert.Throws<InvalidOperationException>(() => Write(Full with { TransferSyntaxUid = "" }));
    }

    [Fact]
    public void Write_NameOfMoreThanSixteenCharacters_IsShortened() => Assert.Equal(
        "ABCDEFGHIJKLMNOP",
        FileMetaInformation.Read(Write(Full with { SourceApplicationEntityTitle = "ABCDEFGHIJKLMNOPQ" }), out _)
            .SourceApplicationEntityTitle);

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(27u)]
    [InlineData(0xFFFFFFFFu)]
    public void Read_WrongOrMissingGroupLength_FindsTheDataSet(uint length)
    {
        byte[] groupLength = length == 8 ? [] : Explicit(0x00020000, "UL", UInt32(length));
        byte[] file = Join(new byte[128], Ascii("DICM"), groupLength, TransferSyntax, DataSet);

        FileMetaInformation.Read(file, out long offset);

        Assert.Equal(file.Length - DataSet.Length, offset);
    }

    [Fact]
    public void Read_DeflatedDataSetThatLooksLikeGroup2_EndsWhereTheGroupLengthSays()
    {
        byte[] syntax = Explicit(0x00020010, "UI", DicomUids.DeflatedExplicitVRLittleEndian);
        byte[] deflated = [0x02, 0x00, 0x01, 0x02, 0x03, 0x04];
        byte[] file = Join(new byte[128], Ascii("DICM"), Explicit(0x00020000, "UL", UInt32((uint)syntax.Length)), syntax, deflated);

        FileMetaInformation.Read(file, out long offset);

        Assert.Equal(file.Length - deflated.Length, offset);
    }

    [Fact]
    public void Read_WithoutPreamble_IsTolerated()
    {
        byte[] meta = Join(Explicit(0x00020000, "UL", UInt32((uint)TransferSyntax.Length)), TransferSyntax);

        FileMetaInformation.Read(Join(meta, DataSet), out long withoutPrefix);
        FileMetaInformation.Read(Join(Ascii("DICM"), meta, DataSet), out long withPrefix);

        Assert.Equal((meta.Length, meta.Length + 4), (withoutPrefix, withPrefix));
    }

    [Fact]
    public void Read_WithoutTransferSyntax_SaysSo()
    {
        byte[] file = Join(new byte[128], Ascii("DICM"), Explicit(0x00020002, "UI", "1.2.3\0"), DataSet);

        Assert.Contains(
            "(0002,0010)", Assert.Throws<DataSetException>(() => FileMetaInformation.Read(file, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BareDataSet_SaysWhy()
    {
        DataSetException error = Assert.Throws<DataSetException>(() => FileMetaInformation.Read(DataSet, out _));

        Assert.Contains("transfer syntax", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedAtEveryByte_ThrowsOrReads()
    {
        byte[] file = Write(Full);
        for (int length = 0; length < file.Length; length++)
        {
            Exception? error = Record.Exception(() => { FileMetaInformation.Read(file.AsMemory(0, length), out _); });
            Assert.True(error is null or DataSetException, error?.ToString());
        }
    }

    [Fact]
    public void Read_TooManyElements_Throws()
    {
        byte[] element = Explicit(0x00020100, "UI", "");
        byte[] many = [.. Enumerable.Repeat(element, DataSetLimits.Default.MaximumMetaElements + 1).SelectMany(bytes => bytes)];

        Assert.Throws<DataSetException>(() => FileMetaInformation.Read(Join(new byte[128], Ascii("DICM"), TransferSyntax, many), out _));
    }

    private static byte[] Write(FileMetaInformation meta)
    {
        byte[] output = new byte[FileMetaInformation.LongestLength];
        return output[..meta.Write(output)];
    }
}
