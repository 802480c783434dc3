using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.DataSets;

/// <summary>Real files of many makers, in the folder that the environment variable DICOMNET_SAMPLES names.</summary>
public sealed class SampleFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dicomnet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadWriteAndSave_EverySampleWithMeta_IsBitExact()
    {
        int count = 0;
        foreach (string path in Samples())
        {
            byte[] file = File.ReadAllBytes(path);
            if (!TryReadMeta(file, out FileMetaInformation? meta, out long offset))
            {
                Assert.Throws<DataSetException>(() => DicomDataSet.Load(path));
                continue;
            }

            using DicomDataSet dataSet = DicomDataSet.Load(path);
            byte[] original = file[(int)offset..];
            AssertSaved(dataSet, path, original);
            AssertReencoded(dataSet, path, original);
            Assert.Equal(meta.TransferSyntaxUid, dataSet.TransferSyntax);
            count++;
        }

        Assert.True(count > 0, "No sample has File Meta Information.");
    }

    [Fact]
    public void Encode_EveryNativeSampleInEveryNativeSyntax_ComesBackWithTheSameValues()
    {
        foreach (string path in Samples())
        {
            if (!TryReadMeta(File.ReadAllBytes(path), out FileMetaInformation? meta, out _)
                || !DicomTransferSyntax.Of(meta.TransferSyntaxUid).IsNative
                || IsCutOff(path))
            {
                continue;
            }

            using DicomDataSet dataSet = DicomDataSet.Load(path);
            byte[] explicitLittle = dataSet.Encode(DicomUids.ExplicitVRLittleEndian).ToArray();
            foreach (string syntax in new[] { DicomUids.ExplicitVRBigEndian, DicomUids.DeflatedExplicitVRLittleEndian })
            {
                using DicomDataSet turned = EncodedBytes.Parse(explicitLittle);
                using DicomDataSet other = EncodedBytes.Parse(turned.Encode(syntax).ToArray(), syntax);
                byte[] back = DataSetWriter.Write(other, DicomTransferSyntax.ExplicitVRLittleEndian).ToArray();

                // Group lengths do not survive; all else does.
                using DicomDataSet expected = EncodedBytes.Parse(explicitLittle);
                using DicomDataSet actual = EncodedBytes.Parse(back);
                Assert.Equal(
                    expected.Where(element => element.Tag.Element != 0).Select(
                        element => (element.Tag, element.VR, Convert.ToHexString(element.GetBytes()))),
                    actual.Where(element => element.Tag.Element != 0).Select(
                        element => (element.Tag, element.VR, Convert.ToHexString(element.GetBytes()))));
            }
        }
    }

    private static IEnumerable<string> Samples()
    {
        string? folder = Environment.GetEnvironmentVariable("DICOMNET_SAMPLES");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("DICOMNET_SAMPLES names no folder of sample files.");
        }

        return Directory.EnumerateFiles(folder).Where(path => Path.GetExtension(path) is ".dcm" or "").Order(StringComparer.Ordinal);
    }

    // MR_truncated.dcm: its pixel data is shorter than it says.
    private static bool IsCutOff(string path) => Path.GetFileName(path).Contains("truncated", StringComparison.Ordinal);

    private static bool TryReadMeta(
        byte[] file, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FileMetaInformation? meta, out long offset)
    {
        meta = null;
        offset = 0;
        try
        {
            meta = FileMetaInformation.Read(file, out offset);
        }
        catch (DataSetException)
        {
            return false;
        }

        return true;
    }

    private static void AssertReencoded(DicomDataSet dataSet, string path, byte[] original)
    {
        if (IsCutOff(path))
        {
            Assert.NotNull(dataSet.GetString(DicomTag.SOPInstanceUID));
            Assert.Throws<DataSetException>(() => dataSet.Count);
            return;
        }

        Assert.NotEmpty(dataSet);
        Assert.All(dataSet, element => Assert.NotEmpty(element.ToString()));
        if (!dataSet.Syntax.IsDeflated)
        {
            byte[] anew = DataSetWriter.Write(dataSet, dataSet.Syntax, copiesUnchanged: false).ToArray();
            Assert.True(original.AsSpan().SequenceEqual(anew), $"{path} was written anew as something else.");
        }
    }

    private void AssertSaved(DicomDataSet dataSet, string path, byte[] original)
    {
        string saved = Path.Combine(_folder.FullName, Path.GetFileName(path));
        dataSet.Save(saved, flushToDisk: false);
        byte[] file = File.ReadAllBytes(saved);
        FileMetaInformation.Read(file, out long offset);
        Assert.True(original.AsSpan().SequenceEqual(file.AsSpan((int)offset)), $"{path} was saved as something else.");
    }
}
