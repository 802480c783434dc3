namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>What is kept, and what the index knows of it, whatever database the index is in.</summary>
public abstract class ArchiveTests(string? postgres) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Keep_Instance_IsInItsFileAndInTheIndex()
    {
        using var archive = Open();
        using var instance = TestInstance.Make(1, 1, 1);

        archive.Keep(instance);

        var stored = archive.Index.Find("1.2.1.1.1")!;
        Assert.Equal((DicomUids.CTImageStorage, DicomUids.ExplicitVRLittleEndian), (stored.SopClass, stored.TransferSyntax));
        using var file = DicomDataSet.Load(archive.PathOf(stored.Path));
        Assert.Equal("Doe^Jane", file.GetString(DicomTag.PatientName));
    }

    [Theory]
    [InlineData(DuplicatePolicy.Reject)]
    [InlineData(DuplicatePolicy.KeepFirst)]
    [InlineData(DuplicatePolicy.Replace)]
    public void Keep_SameBytesAgain_IsKeptOnceWhateverThePolicy(object duplicates)
    {
        using var archive = Open((DuplicatePolicy)duplicates);
        using var first = TestInstance.Make(1, 1, 1);
        using var again = TestInstance.Make(1, 1, 1);

        archive.Keep(first);

        Assert.Equal("stored before", archive.Keep(again));
        Assert.Single(Files());
    }

    [Fact]
    public void Keep_OtherOneOfTheUidAndTheyAreRejected_IsRefusedAndTheFirstStays()
    {
        using var archive = Open(DuplicatePolicy.Reject);

        var error = Assert.Throws<InstanceException>(() => KeepTwo(archive));

        Assert.Equal(DicomCommandStatusType.DuplicateSopInstance, error.Status);
        AssertOneIsKept(archive, "Doe^Jane");
        Assert.False(Directory.Exists(_folder.PathOf("1.2.99")));
    }

    [Fact]
    public void Keep_OtherOneOfTheUidAndTheFirstIsToStay_SaysSo()
    {
        using var archive = Open(DuplicatePolicy.KeepFirst);

        Assert.StartsWith("dropped", KeepTwo(archive), StringComparison.Ordinal);

        AssertOneIsKept(archive, "Doe^Jane");
    }

    [Fact]
    public void Keep_OtherOneOfTheUidAndItIsToReplace_IsTheOneThatIsFound()
    {
        using var archive = Open(DuplicatePolicy.Replace);

        Assert.Contains("replaces", KeepTwo(archive), StringComparison.Ordinal);

        // The first one's study had nothing else in it.
        AssertOneIsKept(archive, "Other");
    }

    [Fact]
    public void Keep_ReplacedTwiceInOneStudy_HasTheLastOneAlone()
    {
        using var archive = Open(DuplicatePolicy.Replace);
        foreach (var name in new[] { "First", "Second", "Third" })
        {
            using var instance = TestInstance.Make(1, 1, 1, (DicomTag.PatientName, name));
            archive.Keep(instance);
        }

        using var kept = DicomDataSet.Load(Assert.Single(Files()));
        Assert.Equal("Third", kept.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Keep_FileOfTheInstanceIsGone_IsKeptAnew()
    {
        using var archive = Open();
        using var first = TestInstance.Make(1, 1, 1);
        using var again = TestInstance.Make(1, 1, 1);
        archive.Keep(first);
        File.Delete(Assert.Single(Files()));

        archive.Keep(again);

        Assert.True(File.Exists(archive.PathOf(archive.Index.Find("1.2.1.1.1")!.Path)));
    }

    [Theory]
    [InlineData(DuplicatePolicy.Reject)]
    [InlineData(DuplicatePolicy.KeepFirst)]
    [InlineData(DuplicatePolicy.Replace)]
    public void Keep_PowerLossHasLeftAPartOfTheFile_IsKeptAnew(object duplicates)
    {
        using var archive = Open((DuplicatePolicy)duplicates);
        using var first = TestInstance.Make(1, 1, 1);
        using var again = TestInstance.Make(1, 1, 1);
        archive.Keep(first);
        File.WriteAllBytes(Assert.Single(Files()), []);

        archive.Keep(again);

        using var kept = DicomDataSet.Load(archive.PathOf(archive.Index.Find("1.2.1.1.1")!.Path));
        Assert.Equal("Doe^Jane", kept.GetString(DicomTag.PatientName));
    }

    [Theory]
    [InlineData(DuplicatePolicy.Reject)]
    [InlineData(DuplicatePolicy.KeepFirst)]
    [InlineData(DuplicatePolicy.Replace)]
    public void Keep_FileOfTheInstanceCannotBeLookedAt_IsRefusedAndTheFirstStays(object duplicates)
    {
        using var archive = Open((DuplicatePolicy)duplicates);
        using var first = TestInstance.Make(1, 1, 1);
        using var second = TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, "1.2.99"), (DicomTag.PatientName, "Other"));
        archive.Keep(first);

        // A link to itself: as good as a network's error, also for root (ELOOP).
        var study = _folder.PathOf("1.2.1");
        Directory.Move(study, $"{study}-elsewhere");
        Directory.CreateSymbolicLink(study, study);
        Assert.Throws<IOException>(() => archive.Keep(second));
        File.Delete(study);
        Directory.Move($"{study}-elsewhere", study);

        AssertOneIsKept(archive, "Doe^Jane");
    }

    [Fact]
    public void Keep_AsMuchIsThereAsMayBe_IsRefusedAndLeavesNothing()
    {
        using var archive = Archive.Open(_folder.Folder, new() { MaximumBytes = 1 }, postgres, mayBeNew: true);
        using var first = TestInstance.Make(1, 1, 1);
        using var second = TestInstance.Make(2, 1, 1);
        archive.Keep(first);

        Assert.Throws<IOException>(() => archive.Keep(second));

        Assert.Single(Files());
        Assert.False(Directory.Exists(_folder.PathOf("1.2.2")));
    }

    [Fact]
    public void Open_TwoFilesOfOneUid_IndexesTheNewerOne()
    {
        foreach (var (name, age) in new[] { ("a", 1), ("b", 0), ("c", 2) })
        {
            using var instance = TestInstance.Make(1, 1, 1, (DicomTag.PatientName, name));
            instance.Save(_folder.PathOf($"{name}.dcm"), flushToDisk: false);
            File.SetLastWriteTimeUtc(_folder.PathOf($"{name}.dcm"), new DateTime(2026, 1, 3 - age, 0, 0, 0, DateTimeKind.Utc));
        }

        using var archive = Open();

        Assert.Equal("b.dcm", archive.Index.Find("1.2.1.1.1")!.Path);
    }

    [Theory]
    [InlineData("../1")]
    [InlineData("")]
    [InlineData("1.2/3")]
    public void Keep_StudyUidThatIsNone_IsRefusedAndWritesNothing(string uid)
    {
        using var archive = Open();
        using var instance = TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, uid));

        var error = Assert.Throws<InstanceException>(() => archive.Keep(instance));

        Assert.Equal(DicomCommandStatusType.DataSetDoesNotMatchSopClass, error.Status);
        Assert.Empty(Files());
    }

    [Fact]
    public void Open_IndexIsThere_IsUsedAsItIs()
    {
        using (var archive = Open())
        {
            using var instance = TestInstance.Make(1, 1, 1);
            archive.Keep(instance);
        }

        Array.ForEach(Directory.GetFiles(_folder.Folder.FullName, "*.dcm", SearchOption.AllDirectories), File.Delete);
        using var reopened = Open();

        Assert.NotNull(reopened.Index.Find("1.2.1.1.1"));
    }

    private protected TestFolder Folder => _folder;

    private protected Archive Open(DuplicatePolicy duplicates = DuplicatePolicy.Reject) =>
        Archive.Open(_folder.Folder, new() { Duplicates = duplicates }, postgres, mayBeNew: true);

    protected virtual void Dispose(bool isDisposing) => _folder.Dispose();

    protected string[] Files() => Directory.GetFiles(_folder.Folder.FullName, "*.dcm", SearchOption.AllDirectories);

    // The second one's study is another one.
    private static string KeepTwo(Archive archive)
    {
        using var first = TestInstance.Make(1, 1, 1);
        using var second = TestInstance.Make(1, 1, 1, (DicomTag.StudyInstanceUID, "1.2.99"), (DicomTag.PatientName, "Other"));
        archive.Keep(first);
        return archive.Keep(second);
    }

    private void AssertOneIsKept(Archive archive, string patient)
    {
        Assert.Equal(archive.PathOf(archive.Index.Find("1.2.1.1.1")!.Path), Assert.Single(Files()));
        Assert.Equal(patient, Assert.Single(Find(archive, "STUDY", (DicomTag.PatientName, "")))[0]);
    }

    private protected static List<string[]> Find(Archive archive, string level, params (DicomTag, string)[] keys)
    {
        using var identifier = TestInstance.Keys(level, keys);
        return [.. archive.Index.Find(ArchiveQuery.ForFind(identifier, isPatientRoot: false))];
    }
}
