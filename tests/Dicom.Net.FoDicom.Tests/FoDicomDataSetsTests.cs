using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Fo = FellowOakDicom;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>Data sets in and out.</summary>
public sealed class FoDicomDataSetsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Syntaxes => [.. SampleFiles.UncompressedSyntaxes];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void RoundTrip_OfAnUnchangedDataSet_IsBitForBit(string syntax)
    {
        var path = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3.4", transferSyntax: syntax);
        using var original = DicomDataSet.Load(path);

        using var back = original.ToFoDicomDataset().ToDicomDataSet();

        Assert.Equal(syntax, back.TransferSyntax);
        if (syntax == DicomUids.DeflatedExplicitVRLittleEndian)
        {
            // Two deflaters make different bytes of the same.
            Assert.Equal(original.GetBytes(DicomTag.PixelData), back.GetBytes(DicomTag.PixelData));
            return;
        }

        Assert.Equal(BytesOf(original), BytesOf(back));
    }

    [Fact]
    public void ToDicomDataSet_Deflated_IsOfEvenLength()
    {
        // PS3.5 §A.5. Of so many one is odd without the pad byte.
        foreach (var number in Enumerable.Range(0, 32))
        {
            using var deflated = new DicomDataset(Fo.DicomTransferSyntax.DeflatedExplicitVRLittleEndian)
            {
                { Fo.DicomTag.PatientID, new string('P', number) + number },
            }.ToDicomDataSet();

            Assert.Equal(0, BytesOf(deflated).Length % 2);
            Assert.Equal(new string('P', number) + number, deflated.GetString(DicomTag.PatientID));
        }
    }

    [Fact]
    public void RoundTrip_OfRealFiles_KeepsEveryElement()
    {
        var files = SampleFiles.Sendable;
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var original = DicomDataSet.Load(file);
            if (!TryConvert(original, out var converted))
            {
                continue;
            }

            using var back = converted!.ToDicomDataSet();

            // What fo-dicom itself would write of the file, which it has read by itself.
            using var expected = new MemoryStream();
            DicomFile.Open(file, FileReadOption.ReadAll).Save(expected);
            var written = _folder.PathOf("written.dcm");
            File.WriteAllBytes(written, expected.ToArray());
            if (original.TransferSyntax != DicomUids.DeflatedExplicitVRLittleEndian)
            {
                Assert.Equal(Part10.DataSetOf(written), BytesOf(back));
            }
        }
    }

    [Fact]
    public void ToFoDicomDataset_OfALargeInstance_ReadsItsPixelsWhenTheyAreAskedFor()
    {
        var path = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3.4", pixelBytes: 5_000_000);
        using var original = DicomDataSet.Load(path);

        var file = original.ToFoDicomFile();

        var pixels = file.Dataset.GetDicomItem<Fo.DicomElement>(Fo.DicomTag.PixelData);
        Assert.IsType<StreamByteBuffer>(EndOf(pixels.Buffer));
        Assert.Equal(original.GetBytes(DicomTag.PixelData), pixels.Buffer.Data);
        Assert.Equal("1.2.3.4", file.FileMetaInfo.MediaStorageSOPInstanceUID.UID);
    }

    [Fact]
    public void ToFoDicomDataset_AfterTheDataSetIsDisposedOf_HasItsSmallValuesAlone()
    {
        var path = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3.4", pixelBytes: 5_000_000);
        var original = DicomDataSet.Load(path);
        var dataset = original.ToFoDicomDataset();

        original.Dispose();

        Assert.Equal("1.2.3.4", dataset.GetSingleValue<string>(Fo.DicomTag.SOPInstanceUID));
        Assert.ThrowsAny<Exception>(() => dataset.GetDicomItem<Fo.DicomElement>(Fo.DicomTag.PixelData).Buffer.Data);
    }

    [Fact]
    public void ToFoDicomDataset_OfAChangedDataSet_HasTheChange()
    {
        using var original = DicomDataSet.Load(Part10.Make(_folder.PathOf("in.dcm"), "1.2.3.4", pixelBytes: 5_000_000));
        original.Set(DicomTag.PatientName, "Someone^Else");

        var dataset = original.ToFoDicomDataset();

        Assert.Equal("Someone^Else", dataset.GetString(Fo.DicomTag.PatientName));
        Assert.Equal(original.GetBytes(DicomTag.PixelData), dataset.GetDicomItem<Fo.DicomElement>(Fo.DicomTag.PixelData).Buffer.Data);
    }

    [Fact]
    public void ToFoDicomDataset_OfAnIdentifier_NeedsNoSopInstance()
    {
        using var identifier = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        identifier.Set(DicomTag.PatientName, "A*");

        Assert.Equal("A*", identifier.ToFoDicomDataset().GetString(Fo.DicomTag.PatientName));
    }

    [Fact]
    public void ToDicomDataSet_OfALargeDataset_LeavesNoFileBehind()
    {
        var file = DicomFile.Open(Part10.Make(_folder.PathOf("in.dcm"), "1.2.3.4", pixelBytes: 5_000_000));

        using var converted = file.ToDicomDataSet();

        Assert.Equal(file.Dataset.GetDicomItem<Fo.DicomElement>(Fo.DicomTag.PixelData).Buffer.Data, converted.GetBytes(DicomTag.PixelData));
        converted.Save(_folder.PathOf("out.dcm"), flushToDisk: false);
        Part10.AssertSameDataSets([_folder.PathOf("in.dcm")], [_folder.PathOf("out.dcm")]);
    }

    // What fo-dicom does not read by itself, it does not read here: that is its business.
    private static bool TryConvert(DicomDataSet original, out DicomDataset? converted)
    {
        try
        {
            converted = original.ToFoDicomDataset();
            return true;
        }
        catch (DicomFileException)
        {
            converted = null;
            return false;
        }
    }

    private static byte[] BytesOf(DicomDataSet dataSet)
    {
        using var stream = dataSet.OpenEncoded();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // In a byte order that is not the machine's, a buffer wraps another one.
    private static IByteBuffer EndOf(IByteBuffer buffer) => buffer is EndianByteBuffer swapped ? swapped.Internal : buffer;
}
