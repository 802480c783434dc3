namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>Queries, from the identifier to the matches, whatever database the index is in.</summary>
public abstract class ArchiveQueryTests : IDisposable
{
    private static readonly DicomTag PatientRelatedInstances = new(0x0020, 0x1204);

    private readonly TestFolder _folder = new();
    private readonly Archive _archive;

    protected ArchiveQueryTests(string? postgres)
    {
        _archive = Archive.Open(_folder.Folder, new StoragePolicy { FlushesToDisk = false }, postgres, mayBeNew: true);
        Keep(TestInstance.Make(1, 1, 1, (DicomTag.PatientName, "Müller^Änne"), (DicomTag.StudyDate, "20240101")));
        Keep(TestInstance.Make(1, 1, 2, (DicomTag.PatientName, "Müller^Änne"), (DicomTag.StudyDate, "20240101")));
        Keep(TestInstance.Make(1, 2, 1, (DicomTag.PatientName, "Müller^Änne"), (DicomTag.Modality, "MR")));
        Keep(TestInstance.Make(2, 1, 1, (DicomTag.PatientID, "P1"), (DicomTag.StudyDate, "20240601")));
        Keep(TestInstance.Make(3, 1, 1, (DicomTag.PatientID, ""), (DicomTag.PatientName, "Nobody")));
    }

    public void Dispose()
    {
        _archive.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("STUDY", "", 3)]
    [InlineData("SERIES", "", 4)]
    [InlineData("IMAGE", "", 5)]
    [InlineData("STUDY", "1.2.1", 1)]
    [InlineData("SERIES", "1.2.1", 2)]
    [InlineData("IMAGE", "1.2.1", 3)]
    [InlineData("IMAGE", "1.2.1\\1.2.2", 4)]
    [InlineData("IMAGE", "1.2.99", 0)]
    public void Find_EachLevel_TellsItsEntities(string level, string study, int expected) =>
        Assert.Equal(expected, Find(level, isPatientRoot: false, (DicomTag.StudyInstanceUID, study)).Count);

    [Fact]
    public void Find_Patients_AreToldApartByTheirId()
    {
        var patients = Find("PATIENT", isPatientRoot: true, (DicomTag.PatientID, ""), (PatientRelatedInstances, ""));

        Assert.Equal(["P1", "4"], Assert.Single(patients));
    }

    [Fact]
    public void Find_PatientsOfSeveralStudies_AreDescribedByTheLastOneThatMatches()
    {
        Keep(TestInstance.Make(4, 1, 1, (DicomTag.PatientID, "P1"), (DicomTag.PatientName, "Müller^Nora")));

        Assert.Equal(["Müller^Nora", "P1"], Assert.Single(FindPatients("M*")));
        Assert.Equal(["Müller^Änne", "P1"], Assert.Single(FindPatients("*Änne")));

        List<string[]> FindPatients(string name) =>
            Find("PATIENT", isPatientRoot: true, (DicomTag.PatientID, ""), (DicomTag.PatientName, name));
    }

    [Fact]
    public void Find_MoreThanAPage_TellsAllOfThemOnce()
    {
        const int count = 1203;
        for (var study = 1; study <= count; study++)
        {
            Keep(TestInstance.Make(10 + study, 1, 1, (DicomTag.PatientID, $"Q{study % 700:D3}"), (DicomTag.StudyDescription, $"{study % 2}")));
        }

        var half = Find("STUDY", isPatientRoot: false, (DicomTag.StudyInstanceUID, ""), (DicomTag.StudyDescription, "1?*\\1"));
        Assert.Equal((count + 1) / 2, half.DistinctBy(study => study[1]).Count());
        Assert.Equal((count + 1) / 2, half.Count);
        Assert.Equal(700, Find("PATIENT", isPatientRoot: true, (DicomTag.PatientID, "Q*")).DistinctBy(patient => patient[0]).Count());
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\ud800")]
    public void Find_ValueThatNoDatabaseTakes_IsFoundByTheRest(string name)
    {
        using var identifier = TestInstance.Keys("STUDY", (DicomTag.PatientID, "P9"), (DicomTag.PatientName, ""));
        using var instance = TestInstance.Make(9, 1, 1);
        instance.SetBytes(DicomTag.PatientName, DicomVR.PN, [.. System.Text.Encoding.UTF8.GetBytes(name)]);

        _archive.Keep(instance);

        Assert.Single(_archive.Index.Find(ArchiveQuery.ForFind(identifier, isPatientRoot: false)));
    }

    [Theory]
    [InlineData("müller*", 1)]
    [InlineData("*", 3)]
    [InlineData("Müller", 0)]
    [InlineData("'; DROP TABLE Study; --", 0)]
    public void Find_ByName_IgnoresCase(string name, int expected) =>
        Assert.Equal(expected, Find("STUDY", isPatientRoot: false, (DicomTag.PatientName, name)).Count);

    [Theory]
    [InlineData("20240101-20240131", 1)]
    [InlineData("20240101-", 2)]
    [InlineData("20240601", 1)]
    [InlineData("", 3)]
    public void Find_ByDate_TakesRanges(string date, int expected) =>
        Assert.Equal(expected, Find("STUDY", isPatientRoot: false, (DicomTag.StudyDate, date)).Count);

    [Fact]
    public void Find_WhatIsComputed_IsReturnedAndMatched()
    {
        var studies = Find(
            "STUDY", isPatientRoot: false, (DicomTag.ModalitiesInStudy, "MR"), (DicomTag.NumberOfStudyRelatedSeries, ""),
            (DicomTag.NumberOfStudyRelatedInstances, ""));

        Assert.Equal(["CT\\MR", "2", "3"], Assert.Single(studies));
    }

    [Fact]
    public void Find_KeyThatIsNotIndexed_IsNoConditionAndSaid()
    {
        using var identifier = TestInstance.Keys("STUDY", (DicomTag.StudyInstanceUID, ""), (new DicomTag(0x0018, 0x0050), "5"));
        var query = ArchiveQuery.ForFind(identifier, isPatientRoot: false);

        Assert.True(query.HasUnsupportedKeys);
        Assert.Equal(3, _archive.Index.Find(query).Count());
    }

    [Fact]
    public void Find_ListOfManyUids_IsOneParameter()
    {
        var uids = string.Join('\\', Enumerable.Range(1, 50_000).Select(number => $"1.2.1.1.{number}"));

        Assert.Equal(2, Find("IMAGE", isPatientRoot: false, (DicomTag.SOPInstanceUID, uids)).Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("WORKLIST", true)]
    [InlineData("1", true)]
    [InlineData("PATIENT", false)]
    public void ForFind_LevelThatTheModelLacks_IsRefused(string level, bool isPatientRoot)
    {
        using var identifier = TestInstance.Keys(level);

        Assert.Throws<FormatException>(() => ArchiveQuery.ForFind(identifier, isPatientRoot));
    }

    [Fact]
    public void ForFind_KeyOfNoForm_IsRefused()
    {
        using var identifier = TestInstance.Keys("STUDY", (DicomTag.StudyDate, "someday"));

        Assert.Throws<FormatException>(() => ArchiveQuery.ForFind(identifier, isPatientRoot: false));
    }

    [Fact]
    public void ForFind_EndlessKey_IsRefused()
    {
        using var identifier = TestInstance.Keys("STUDY", (DicomTag.PatientName, new string('*', 2000) + "a"));

        Assert.Throws<FormatException>(() => ArchiveQuery.ForFind(identifier, isPatientRoot: false));
    }

    [Theory]
    [InlineData("STUDY", "1.2.1", 3)]
    [InlineData("STUDY", "1.2.1\\1.2.3", 4)]
    [InlineData("STUDY", "1.2.99", 0)]
    public void ForRetrieve_UniqueKey_TellsTheInstances(string level, string study, int expected)
    {
        using var identifier = TestInstance.Keys(level, (DicomTag.StudyInstanceUID, study), (DicomTag.PatientName, "No key here"));

        Assert.Equal(expected, _archive.Index.Instances(ArchiveQuery.ForRetrieve(identifier, isPatientRoot: false)).Count);
    }

    [Fact]
    public void ForRetrieve_Patient_TellsTheInstancesOfAllStudies()
    {
        using var identifier = TestInstance.Keys("PATIENT", (DicomTag.PatientID, "P1"));

        Assert.Equal(4, _archive.Index.Instances(ArchiveQuery.ForRetrieve(identifier, isPatientRoot: true)).Count);
    }

    [Theory]
    [InlineData("STUDY", "", "")]
    [InlineData("SERIES", "1.2.1", "")]
    [InlineData("PATIENT", "", "*")]
    [InlineData("PATIENT", "", "P?")]
    public void ForRetrieve_WithoutUniqueKey_IsRefused(string level, string study, string patient)
    {
        using var identifier = TestInstance.Keys(level, (DicomTag.StudyInstanceUID, study), (DicomTag.PatientID, patient));

        Assert.Throws<FormatException>(() => ArchiveQuery.ForRetrieve(identifier, isPatientRoot: true));
    }

    [Theory]
    [InlineData("", "ISO_IR 192")]
    [InlineData("ISO_IR 100", "ISO_IR 100")]
    [InlineData("ISO_IR 101\\ISO 2022 IR 87", "ISO_IR 101\\ISO 2022 IR 87")]
    [InlineData("ISO_IR 144", "ISO_IR 192")]
    [InlineData("NONSENSE", "ISO_IR 192")]
    public void ToIdentifier_LettersBeyondAscii_AreInACharacterSetThatHasThem(string requested, string expected)
    {
        using var identifier = TestInstance.Keys("STUDY", (DicomTag.PatientName, "M*"));
        var query = ArchiveQuery.ForFind(identifier, isPatientRoot: false);

        using var match = Match.ToIdentifier(query, Assert.Single(_archive.Index.Find(query)), "ARCHIVE", requested);

        Assert.Equal(expected, match.GetString(DicomTag.SpecificCharacterSet));
        Assert.Equal("Müller^Änne", match.GetString(DicomTag.PatientName));
        Assert.Equal(("STUDY", "ARCHIVE"), (match.GetString(DicomTag.QueryRetrieveLevel), match.GetString(DicomTag.RetrieveAETitle)));
    }

    private List<string[]> Find(string level, bool isPatientRoot, params (DicomTag, string)[] keys)
    {
        using var identifier = TestInstance.Keys(level, keys);
        var query = ArchiveQuery.ForFind(identifier, isPatientRoot);
        return [.. _archive.Index.Find(query)];
    }

    private void Keep(DicomDataSet instance)
    {
        using (instance)
        {
            _archive.Keep(instance);
        }
    }
}
