namespace Dicom.Net.Samples.Tests.Storage;

/// <summary>What becomes of instances with one UID.</summary>
public sealed class InstanceFolderTests : IDisposable
{
    private const string Uid = "1.2.1.1.1";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DuplicatePolicy.KeepBoth)]
    [InlineData(DuplicatePolicy.KeepFirst)]
    [InlineData(DuplicatePolicy.Replace)]
    [InlineData(DuplicatePolicy.Reject)]
    public void Keep_SameBytesAgain_IsKeptOnceWhateverThePolicy(object duplicates)
    {
        var folder = Open((DuplicatePolicy)duplicates);

        Assert.Equal($"stored as {Uid}.dcm", Keep(folder, "Doe"));
        Assert.Equal($"stored before as {Uid}.dcm", Keep(folder, "Doe"));

        AssertKept("Doe");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keep_SameBytesAgain_IsPutOnTheDiskAnewWhereThatIsWanted(bool flushes)
    {
        var folder = new InstanceFolder(_folder.Folder, new() { FlushesToDisk = flushes });
        Keep(folder, "Doe");
        var path = _folder.PathOf($"{Uid}.dcm");
        var longAgo = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, longAgo);

        Keep(folder, "Doe");

        Assert.Equal(flushes, File.GetLastWriteTimeUtc(path) > longAgo);
        AssertKept("Doe");
    }

    [Fact]
    public void Keep_OthersAndBothAreToBeKept_AreKeptBesideEachOther()
    {
        var folder = Open(DuplicatePolicy.KeepBoth);
        Keep(folder, "Doe");
        Keep(folder, "Other");
        Keep(folder, "Third");

        Assert.Equal($"stored before as {Uid}-2.dcm", Keep(folder, "Other"));

        AssertKept("Doe", "Other", "Third");
    }

    [Fact]
    public void Keep_MoreOthersThanAUidMayHave_AreRefused()
    {
        var folder = Open(DuplicatePolicy.KeepBoth);
        for (var number = 1; number <= 16; number++)
        {
            Keep(folder, $"Doe^{number}");
        }

        Assert.Throws<IOException>(() => Keep(folder, "Other"));

        Assert.Equal($"stored before as {Uid}-16.dcm", Keep(folder, "Doe^16"));
        Assert.Equal(16, _folder.Folder.GetFiles().Length);
    }

    [Fact]
    public void Keep_OtherAndTheFirstIsToStay_IsDropped()
    {
        var folder = Open(DuplicatePolicy.KeepFirst);
        Keep(folder, "Doe");

        Assert.StartsWith("dropped", Keep(folder, "Other"), StringComparison.Ordinal);

        AssertKept("Doe");
    }

    [Fact]
    public void Keep_OtherAndItIsToReplace_IsTheOneThatStays()
    {
        var folder = Open(DuplicatePolicy.Replace);
        Keep(folder, "Doe");

        Assert.Equal($"replaces {Uid}.dcm", Keep(folder, "Other"));

        AssertKept("Other");
    }

    [Fact]
    public void Keep_OtherAndItIsToBeRejected_SaysThatItIsADuplicate()
    {
        var folder = Open(DuplicatePolicy.Reject);
        Keep(folder, "Doe");

        var error = Assert.Throws<InstanceException>(() => Keep(folder, "Other"));

        Assert.Equal(DicomCommandStatusType.DuplicateSopInstance, error.Status);
        AssertKept("Doe");
    }

    [Fact]
    public void Keep_WhatHasTheNameIsNoInstance_IsKeptBesideIt()
    {
        var folder = Open(DuplicatePolicy.KeepBoth);
        File.WriteAllText(_folder.PathOf($"{Uid}.dcm"), "somebody's");

        Assert.Equal($"stored as {Uid}-2.dcm", Keep(folder, "Doe"));
    }

    [Theory]
    [InlineData(DuplicatePolicy.KeepBoth, 0, 2)]
    [InlineData(DuplicatePolicy.KeepFirst, 0, 2)]
    [InlineData(DuplicatePolicy.KeepFirst, 50, 2)]
    [InlineData(DuplicatePolicy.KeepFirst, 99, 2)]
    [InlineData(DuplicatePolicy.Replace, 50, 1)]
    [InlineData(DuplicatePolicy.Reject, 50, 2)]
    public void Keep_PowerLossHasLeftAPart_IsKeptWhole(object duplicates, int percent, int files)
    {
        var folder = Open((DuplicatePolicy)duplicates);
        Keep(folder, "Doe");
        var path = _folder.PathOf($"{Uid}.dcm");
        CutShort(path, percent);

        Keep(folder, "Doe");

        Assert.Equal(files, _folder.Folder.GetFiles().Length);
        using var kept = DicomDataSet.Load(files == 1 ? path : _folder.PathOf($"{Uid}-2.dcm"));
        Assert.Equal("Doe", kept.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Keep_WholeOneLiesBesideAPart_IsFoundAgain()
    {
        var folder = Open(DuplicatePolicy.KeepFirst);
        Keep(folder, "Doe");
        CutShort(_folder.PathOf($"{Uid}.dcm"), 50);
        Keep(folder, "Doe");

        Assert.Equal($"stored before as {Uid}-2.dcm", Keep(folder, "Doe"));
        Assert.StartsWith("dropped", Keep(folder, "Other"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DuplicatePolicy.KeepFirst)]
    [InlineData(DuplicatePolicy.Replace)]
    [InlineData(DuplicatePolicy.Reject)]
    public void Keep_FileHasAnInstanceOfAnotherUid_IsKeptBesideIt(object duplicates)
    {
        var folder = Open((DuplicatePolicy)duplicates);
        using (var other = TestInstance.Make(1, 1, 2, (DicomTag.PatientName, "Another")))
        {
            other.Save(_folder.PathOf($"{Uid}.dcm"));
        }

        Assert.Equal($"stored as {Uid}-2.dcm", Keep(folder, "Doe"));

        AssertKept("Another", "Doe");
    }

    [Fact]
    public void Keep_FolderIsGone_ThrowsInsteadOfLooking()
    {
        var folder = Open(DuplicatePolicy.KeepBoth);
        Directory.Delete(folder.Path);

        Assert.ThrowsAny<IOException>(() => Keep(folder, "Doe"));

        _folder.Folder.Create();
    }

    private InstanceFolder Open(DuplicatePolicy duplicates) => new(_folder.Folder, new() { Duplicates = duplicates, FlushesToDisk = false });

    private static string Keep(InstanceFolder folder, string patient)
    {
        using var instance = TestInstance.Make(1, 1, 1, (DicomTag.PatientName, patient));
        return folder.Keep(instance, Uid);
    }

    private static void CutShort(string path, int percent)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length * percent / 100);
    }

    private void AssertKept(params string[] patients)
    {
        var kept = _folder.Folder.GetFiles("*", new EnumerationOptions { AttributesToSkip = 0 }).Select(file =>
        {
            using var instance = DicomDataSet.Load(file.FullName);
            return instance.GetString(DicomTag.PatientName);
        });
        Assert.Equal(patients, kept.Order(StringComparer.Ordinal));
    }
}
