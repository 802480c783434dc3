namespace Dicom.Net.Tests.DataSets;

/// <summary>The encoded elements, lent to code that parses them itself, and taken from code that makes them.</summary>
public sealed class DicomDataSetEncodedTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Syntaxes =>
        [DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian, DicomUids.DeflatedExplicitVRLittleEndian];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void FromEncoded_WhatOpenEncodedGives_IsTheSameDataSet(string syntax)
    {
        using DicomDataSet made = TestInstance.Create();
        using DicomDataSet original = DicomDataSet.FromEncoded(made.Encode(syntax).ToArray(), syntax);
        byte[] bytes = Read(original.OpenEncoded());

        using DicomDataSet again = DicomDataSet.FromEncoded(bytes, syntax);

        Assert.Equal(syntax, again.TransferSyntax);
        Assert.Equal("Test^Facade", again.GetString(DicomTag.PatientName));
        Assert.Equal(bytes, Read(again.OpenEncoded()));
    }

    [Fact]
    public void FromEncoded_WithoutATransferSyntax_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => DicomDataSet.FromEncoded(new byte[8], ""));

    [Fact]
    public void OpenEncoded_OfAFile_ReadsTheFile()
    {
        string path = _folder.File("instance.dcm");
        using (DicomDataSet made = TestInstance.Create(pixelBytes: 200_000))
        {
            made.Save(path, flushToDisk: false);
        }

        using DicomDataSet loaded = DicomDataSet.Load(path);
        using Stream stream = loaded.OpenEncoded();

        Assert.Equal(File.ReadAllBytes(path)[^(int)stream.Length..], Read(stream));
    }

    [Fact]
    public void OpenEncoded_OfAChangedDataSet_HasTheChangesSoFar()
    {
        using DicomDataSet dataSet = TestInstance.Create();
        dataSet.Set(DicomTag.PatientName, "First");
        using Stream first = dataSet.OpenEncoded();
        dataSet.Set(DicomTag.PatientName, "Second");
        using Stream second = dataSet.OpenEncoded();

        Assert.Equal(["First", "Second"], new[] { first, second }.Select(NameIn));

        string? NameIn(Stream stream) => DicomDataSet.FromEncoded(Read(stream), dataSet.TransferSyntax).GetString(DicomTag.PatientName);
    }

    [Fact]
    public void OpenEncoded_Stream_Seeks()
    {
        using DicomDataSet dataSet = DicomDataSet.FromEncoded(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, DicomUids.ImplicitVRLittleEndian);
        using Stream stream = dataSet.OpenEncoded();

        Assert.Equal((10L, true, false), (stream.Length, stream.CanSeek, stream.CanWrite));
        Assert.Equal(7, stream.Seek(-3, SeekOrigin.End));
        Assert.Equal(7, stream.ReadByte());
        Assert.Equal(6, stream.Seek(-2, SeekOrigin.Current));
        Assert.Equal(6, stream.ReadByte());
        Assert.Equal(1, stream.Seek(1, SeekOrigin.Begin));
        Assert.Equal(1, stream.ReadByte());
        stream.Position = 100;
        Assert.Equal(-1, stream.ReadByte());
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Seek(-1, SeekOrigin.Begin));
    }

    [Fact]
    public void OpenEncoded_AfterEitherIsDisposedOf_SaysSo()
    {
        DicomDataSet dataSet = DicomDataSet.FromEncoded(new byte[10], DicomUids.ImplicitVRLittleEndian);
        Stream closed = dataSet.OpenEncoded();
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => closed.ReadByte());
        Assert.Equal(0, dataSet.OpenEncoded().ReadByte());

        dataSet.Dispose();

        Assert.Throws<ObjectDisposedException>(dataSet.OpenEncoded);
    }

    private static byte[] Read(Stream stream)
    {
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
