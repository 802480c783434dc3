namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>What is kept, and what the index knows of it.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keep_Instance_IsInItsFileAndInTheIndex()
    {
        using var archive = Archive.Open(_folder.Folder);
        using var instance = TestInstance.Make(1, 1, 1);

        archive.Keep(instance);

        var stored = archive.Index.Find("1.2.1.1.1")!;
        Assert.Equal((DicomUids.CTImageStorage, DicomUids.ExplicitVRLittleEndian), (stored.SopClass, stored.TransferSyntax));
        using var file = DicomDataSet.Load(archive.PathOf(stored.Path));
        Assert.Equal("Doe^Jane", file.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Keep_SameInstanceAgain_IsKeptOnceAndTheFirstStays()
    {
        using var archive = Archive.Open(_folder.Folder);
        using var first = TestInstance.Make(1, 1, 1);
        using var again = TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, "1.2.99"), (DicomTag.PatientName, "Other"));

        archive.Keep(first);
        var outcome = archive.Keep(again);

        Assert.Equal("stored before", outcome);
        Assert.Single(Directory.GetFiles(_folder.Folder.FullName, "*.dcm", SearchOption.AllDirectories));
        Assert.Equal("Doe^Jane", Assert.Single(Find(archive, "STUDY", (DicomTag.PatientName, "")))[0]);
    }

    [Theory]
    [InlineData("../1")]
    [InlineData("")]
    [InlineData("1.2/3")]
    public void Keep_StudyUidThatIsNone_IsRefusedAndWritesNothing(string uid)
    {
        using var archive = Archive.Open(_folder.Folder);
        using var instance = TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, uid));

        var error = Assert.Throws<InstanceException>(() => archive.Keep(instance));

        Assert.Equal(DicomCommandStatusType.DataSetDoesNotMatchSopClass, error.Status);
        Assert.Empty(Directory.GetFiles(_folder.Folder.FullName, "*.dcm", SearchOption.AllDirectories));
    }

    [Fact]
    public void Open_IndexIsGone_IsMadeOfTheFiles()
    {
        using (var archive = Archive.Open(_folder.Folder))
        {
            for (var number = 1; number <= 3; number++)
            {
                using var instance = TestInstance.Make(1, 1, number);
                archive.Keep(instance);
            }
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Array.ForEach(Directory.GetFiles(_folder.Folder.FullName, "index.db*"), File.Delete);
        using var reopened = Archive.Open(_folder.Folder);

        Assert.Equal(3, Find(reopened, "IMAGE", (DicomTag.SOPInstanceUID, "")).Count);
    }

    [Fact]
    public void Open_IndexIsThere_IsUsedAsItIs()
    {
        using (var archive = Archive.Open(_folder.Folder))
        {
            using var instance = TestInstance.Make(1, 1, 1);
            archive.Keep(instance);
        }

        Array.ForEach(Directory.GetFiles(_folder.Folder.FullName, "*.dcm", SearchOption.AllDirectories), File.Delete);
        using var reopened = Archive.Open(_folder.Folder);

        Assert.NotNull(reopened.Index.Find("1.2.1.1.1"));
    }

    [Fact]
    public void Open_IndexIsDamaged_SaysWhatToDo()
    {
        File.WriteAllText(_folder.PathOf("index.db"), new string('x', 5000));

        var error = Assert.Throws<IOException>(() => Archive.Open(_folder.Folder));

        Assert.Contains("delete it", error.Message, StringComparison.Ordinal);
    }

    private static List<string[]> Find(Archive archive, string level, params (DicomTag, string)[] keys)
    {
        using var identifier = TestInstance.Keys(level, keys);
        return [.. archive.Index.Find(ArchiveQuery.ForFind(identifier, isPatientRoot: false))];
    }
}
