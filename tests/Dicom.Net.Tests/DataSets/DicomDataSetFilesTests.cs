using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDataSetFilesTests : IDisposable
{
    private static readonly byte[] Elements = Join(
        Explicit(0x00080016, "UI", "1.2.3\0"), Explicit(0x00080018, "UI", "1.2.3.4\0"), Explicit(0x00100020, "LO", "4711"),
        Explicit(0x7FE00010, "OW", new byte[200_000]));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dicomnet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_ReceivedInMemory_WritesPart10BitForBit(bool flushToDisk)
    {
        using DicomDataSet dataSet = Parse(Elements);
        dataSet.Save(PathOf("a.dcm"), flushToDisk: flushToDisk);

        byte[] file = File.ReadAllBytes(PathOf("a.dcm"));
        FileMetaInformation meta = FileMetaInformation.Read(file, out long offset);

        Assert.Equal(new byte[128], file[..128]);
        Assert.Equal("DICM"u8, file.AsSpan(128, 4));
        Assert.Equal(
            ("1.2.3", "1.2.3.4", DicomUids.ExplicitVRLittleEndian),
            (meta.MediaStorageSopClassUid, meta.MediaStorageSopInstanceUid, meta.TransferSyntaxUid));
        Assert.Equal(Elements, file[(int)offset..]);
        AssertOnlyFiles("a.dcm");
    }

    [Fact]
    public void Save_OverAnExistingFile_NeedsToBeAsked()
    {
        using DicomDataSet dataSet = Parse(Elements);
        File.WriteAllText(PathOf("a.dcm"), "precious");

        Assert.Throws<IOException>(() => dataSet.Save(PathOf("a.dcm")));
        Assert.Equal("precious", File.ReadAllText(PathOf("a.dcm")));
        AssertOnlyFiles("a.dcm");

        dataSet.Save(PathOf("a.dcm"), overwrite: true);
        Assert.Equal("DICM"u8, File.ReadAllBytes(PathOf("a.dcm")).AsSpan(128, 4));
        AssertOnlyFiles("a.dcm");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Save_SmallOverAnExistingFile_NeedsToBeAsked(bool flushToDisk)
    {
        byte[] elements = Elements[..^200_012];
        using DicomDataSet dataSet = Parse(elements);
        dataSet.Save(PathOf("a.dcm"), flushToDisk: flushToDisk);
        Assert.Equal(elements, DataSetOf("a.dcm"));

        File.WriteAllText(PathOf("a.dcm"), "precious");
        Assert.Throws<IOException>(() => dataSet.Save(PathOf("a.dcm"), flushToDisk: flushToDisk));
        Assert.Equal("precious", File.ReadAllText(PathOf("a.dcm")));

        dataSet.Save(PathOf("a.dcm"), overwrite: true, flushToDisk);
        Assert.Equal(elements, DataSetOf("a.dcm"));
        Assert.Throws<DirectoryNotFoundException>(() => dataSet.Save(PathOf("missing/b.dcm"), flushToDisk: flushToDisk));
        AssertOnlyFiles("a.dcm");
    }

    [Fact]
    public void Save_Small_IsAsReadableAsAnyFile()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        using DicomDataSet dataSet = Parse(Elements[..^200_012]);
        dataSet.Save(PathOf("a.dcm"), flushToDisk: false);
        File.WriteAllText(PathOf("b.dcm"), "any");

        Assert.Equal(File.GetUnixFileMode(PathOf("b.dcm")), File.GetUnixFileMode(PathOf("a.dcm")));
    }

    [Fact]
    public void Save_WithoutSopInstanceUid_LeavesNothingBehind()
    {
        using DicomDataSet dataSet = Parse(Explicit(0x00080016, "UI", "1.2.3\0"));

        Assert.Throws<InvalidOperationException>(() => dataSet.Save(PathOf("a.dcm")));
        AssertOnlyFiles();
    }

    [Fact]
    public void Save_WithUidThatIsTooLong_LeavesNothingBehind()
    {
        using DicomDataSet dataSet = Parse(Join(Explicit(0x00080016, "UI", "1.2.3\0"), Explicit(0x00080018, "UI", new string('1', 66))));

        Assert.Throws<InvalidOperationException>(() => dataSet.Save(PathOf("a.dcm")));
        AssertOnlyFiles();
    }

    [Fact]
    public void Save_IntoMissingFolder_Throws()
    {
        using DicomDataSet dataSet = Parse(Elements);

        Assert.Throws<DirectoryNotFoundException>(() => dataSet.Save(PathOf("missing/a.dcm")));
        AssertOnlyFiles();
    }

    [Fact]
    public void Save_OfSpooledInstance_RenamesTheFile()
    {
        using DicomDataSet dataSet = Spool("spooled.tmp");

        dataSet.Save(PathOf("a.dcm"));

        AssertOnlyFiles("a.dcm");
        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        dataSet.Save(PathOf("b.dcm"));
        dataSet.Dispose();
        AssertOnlyFiles("a.dcm", "b.dcm");
        Assert.Equal(Elements, DataSetOf("a.dcm"));
        Assert.Equal(Elements, DataSetOf("b.dcm"));
    }

    [Fact]
    public void Save_OfSpooledInstanceThatFails_KeepsTheSpooledFile()
    {
        DicomDataSet dataSet = Spool("spooled.tmp");
        File.WriteAllText(PathOf("a.dcm"), "precious");

        Assert.Throws<IOException>(() => dataSet.Save(PathOf("a.dcm")));
        Assert.Throws<DirectoryNotFoundException>(() => dataSet.Save(PathOf("missing/a.dcm")));

        AssertOnlyFiles("a.dcm", "spooled.tmp");
        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        dataSet.Dispose();
        AssertOnlyFiles("a.dcm");
    }

    [Fact]
    public void Save_OfSpooledInstanceToAnotherFileSystem_CopiesIt()
    {
        const string otherFileSystem = "/dev/shm";
        if (!Directory.Exists(otherFileSystem))
        {
            Assert.Skip($"There is no second file system here: {otherFileSystem} does not exist.");
        }

        string path = Path.Combine(otherFileSystem, $"dicomnet-{Guid.NewGuid():N}.dcm");
        DicomDataSet dataSet = Spool("spooled.tmp");
        try
        {
            dataSet.Save(path);
            Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
            dataSet.Dispose();
            FileMetaInformation.Read(File.ReadAllBytes(path), out long offset);
            Assert.Equal(Elements, File.ReadAllBytes(path)[(int)offset..]);
            AssertOnlyFiles();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Save_OfSpooledInstanceThatWasChanged_WritesTheChange()
    {
        DicomDataSet dataSet = Spool("spooled.tmp");
        dataSet.Set(DicomTag.PatientID, "12");

        dataSet.Save(PathOf("a.dcm"));
        dataSet.Dispose();

        AssertOnlyFiles("a.dcm");
        using DicomDataSet loaded = DicomDataSet.Load(PathOf("a.dcm"));
        Assert.Equal("12", loaded.GetString(DicomTag.PatientID));
    }

    [Fact]
    public void Load_AndSave_GivesTheSameDataSet()
    {
        Spool("a.dcm", ownsFile: false).Dispose();
        using DicomDataSet loaded = DicomDataSet.Load(PathOf("a.dcm"));

        Assert.Equal("4711", loaded.GetString(DicomTag.PatientID));
        Assert.Equal(200_000, loaded.GetBytes(DicomTag.PixelData)!.Length);
        loaded.Save(PathOf("b.dcm"));
        Assert.Equal(Elements, DataSetOf("b.dcm"));
    }

    [Fact]
    public void Save_OverTheFileItWasLoadedFrom_Works()
    {
        Spool("a.dcm", ownsFile: false).Dispose();
        using DicomDataSet loaded = DicomDataSet.Load(PathOf("a.dcm"));
        loaded.Set(DicomTag.PatientID, "12");

        loaded.Save(PathOf("a.dcm"), overwrite: true);

        AssertOnlyFiles("a.dcm");
        using DicomDataSet again = DicomDataSet.Load(PathOf("a.dcm"));
        Assert.Equal("12", again.GetString(DicomTag.PatientID));
        Assert.Equal(200_000, again.GetBytes(DicomTag.PixelData)!.Length);
    }

    [Fact]
    public void Load_OfGigabyte_NeedsLittleMemory()
    {
        string path = PathOf("big.dcm");
        byte[] header = [.. Elements[..^200_012], .. Tag(0x7FE00010), .. "OW\0\0"u8, .. UInt32(1_000_000_000)];
        using (FileStream file = File.Create(path))
        {
            file.Write(Part10(header));
            file.SetLength(file.Length + 1_000_000_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        using DicomDataSet dataSet = DicomDataSet.Load(path);

        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        Assert.Equal(1_000_000_000, dataSet.Find(DicomTag.PixelData)!.Length);
        dataSet.Set(DicomTag.PatientID, "12");
        Assert.Equal(header.Length - 2 + 1_000_000_000, dataSet.Encode(dataSet.TransferSyntax).Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 1024 * 1024);
    }

    [Theory]
    [InlineData("nothing at all")]
    [InlineData("")]
    public void Load_OfNoDicomFile_Throws(string content)
    {
        File.WriteAllText(PathOf("a.txt"), content);

        Assert.Throws<DataSetException>(() => DicomDataSet.Load(PathOf("a.txt")));
    }

    [Fact]
    public void Load_OfMissingFile_Throws() => Assert.Throws<FileNotFoundException>(() => DicomDataSet.Load(PathOf("missing.dcm")));

    private static byte[] Part10(byte[] dataSet)
    {
        byte[] header = new byte[FileMetaInformation.LongestLength];
        int length = new FileMetaInformation
        {
            MediaStorageSopClassUid = "1.2.3", MediaStorageSopInstanceUid = "1.2.3.4", TransferSyntaxUid = DicomUids.ExplicitVRLittleEndian,
        }.Write(header);
        return [.. header[..length], .. dataSet];
    }

    private DicomDataSet Spool(string name, bool ownsFile = true)
    {
        byte[] file = Part10(Elements);
        File.WriteAllBytes(PathOf(name), file);
        FileMetaInformation meta = FileMetaInformation.Read(file, out long offset);
        return new DicomDataSet(EncodedDataSet.FromFile(PathOf(name), offset, meta.TransferSyntaxUid, ownsFile), meta);
    }

    private byte[] DataSetOf(string name)
    {
        byte[] file = File.ReadAllBytes(PathOf(name));
        FileMetaInformation.Read(file, out long offset);
        return file[(int)offset..];
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void AssertOnlyFiles(params string[] names) =>
        Assert.Equal(names, _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal));
}
