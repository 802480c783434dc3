namespace Dicom.Net.Samples.Tests.Attacks;

/// <summary>
/// Elements of a value representation that nobody expects there (CVE-2024-28130, CVE-2026-44628): each attribute that the samples read, with
/// every VR and 0 to 3 values, stored, queried, matched, merged and committed.
/// </summary>
public sealed class TypeConfusionTests : IDisposable
{
    private static readonly DicomTag[] Uids =
        [DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID];

    private readonly TestFolder _folder = new();

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var vr in RawDataSet.VRs)
            {
                for (var values = 0; values <= 3; values++)
                {
                    cases.Add(vr, values);
                }
            }

            return cases;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Archive_AttributesOfAnyKind_AreKeptAndTheNextQueryAnswers(string vr, int values)
    {
        using var archive = Archive.Open(_folder.Folder.CreateSubdirectory("archive"), new StoragePolicy());
        using var odd = Confused(vr, values, ConfusableAttributes()).Open(_folder);

        archive.Keep(odd);

        foreach (var level in (string[])["STUDY", "SERIES", "IMAGE"])
        {
            using var identifier = TestInstance.Keys(level, [.. IndexSchema.Attributes.Keys.Select(tag => (tag, ""))]);
            var query = ArchiveQuery.ForFind(identifier, isPatientRoot: false);
            using var match = Match.ToIdentifier(query, Assert.Single(archive.Index.Find(query)), "AE", "");
            Assert.Equal("1.2.1", match.GetString(DicomTag.StudyInstanceUID));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Archive_UidOfAnyKind_IsKeptOrRefused(string vr, int values)
    {
        using var archive = Archive.Open(_folder.Folder.CreateSubdirectory("archive"), new StoragePolicy());
        foreach (var tag in Uids)
        {
            using var odd = Confused(vr, values, [tag]).Open(_folder);
            var error = Record.Exception(() =>
            {
                InstanceCheck.Require(odd, DicomUids.CTImageStorage, "1.2.1.1.1");
                archive.Keep(odd);
            });
            Assert.True(error is null or InstanceException or DataSetException, error?.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Query_KeysOfAnyKind_AreAnsweredOrRefused(string vr, int values)
    {
        using var archive = Archive.Open(_folder.Folder.CreateSubdirectory("archive"), new StoragePolicy());
        using (var instance = TestInstance.Make(1, 1, 1))
        {
            archive.Keep(instance);
        }

        foreach (var tag in IndexSchema.Attributes.Keys.Append(DicomTag.QueryRetrieveLevel).Append(DicomTag.SpecificCharacterSet))
        {
            using var keys = new RawDataSet()
                .With(DicomTag.QueryRetrieveLevel, "CS", "IMAGE")
                .With(DicomTag.SOPInstanceUID, "UI", "1.2.1.1.1")
                .With(tag, vr, RawDataSet.ValuesOf(vr, values))
                .Open(_folder);
            AssertAnsweredOrRefused(() =>
            {
                var query = ArchiveQuery.ForFind(keys, isPatientRoot: true);
                var characterSet = Identifier.TextOf(keys, DicomTag.SpecificCharacterSet);
                archive.Index.Find(query).ToList().ForEach(match => Match.ToIdentifier(query, match, "AE", characterSet).Dispose());
            });
            AssertAnsweredOrRefused(() => archive.Index.Instances(ArchiveQuery.ForRetrieve(keys, isPatientRoot: true)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Worklist_KeysAndEntriesOfAnyKind_AreMatchedOrRefused(string vr, int values)
    {
        DicomTag[] read =
        [
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.ScheduledProcedureStepSequence, DicomTag.SpecificCharacterSet, DicomTag.Rows,
            new(0x0040, 0x0002), new(0x0040, 0x0003),
        ];
        foreach (var tag in read)
        {
            using var odd = new RawDataSet().With(tag, vr, RawDataSet.ValuesOf(vr, values)).Open(_folder);
            using var right = TestInstance.Keys(null, (DicomTag.PatientName, "*"), (DicomTag.PatientID, "P1"));
            right.SetItems(DicomTag.ScheduledProcedureStepSequence, TestInstance.Keys(null, (DicomTag.Modality, "CT")));
            foreach (var (keys, entry) in new[] { (odd, right), (right, odd), (odd, odd) }.Where(pair => CanBeEntry(pair.Item2)))
            {
                AssertAnsweredOrRefused(() =>
                {
                    WorklistQuery.Validate(keys);
                    WorklistQuery.Matches(keys, entry);
                    WorklistQuery.Answer(keys, entry).Dispose();
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Worklist_EntryOfAnyKind_DoesNotHideTheOthers(string vr, int values)
    {
        var worklist = _folder.Folder.CreateSubdirectory("worklist");
        File.WriteAllText(Path.Combine(worklist.FullName, "good.json"), """{ "00100020": { "vr": "LO", "Value": ["P1"] } }""");
        foreach (var tag in (DicomTag[])[DicomTag.PatientName, DicomTag.ScheduledProcedureStepSequence, DicomTag.SpecificCharacterSet])
        {
            using var odd = new RawDataSet().With(tag, vr, RawDataSet.ValuesOf(vr, values)).Open(_folder);
            _folder.Folder.GetFiles().Single().MoveTo(Path.Combine(worklist.FullName, $"{tag.Group:X4}{tag.Element:X4}.dcm"));
        }

        var entries = new WorklistFolder(worklist).Entries();

        Assert.Contains(entries, entry => entry.TryGetString(DicomTag.PatientID, out var id) && id == "P1");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ProcedureStep_AttributesOfAnyKind_AreKeptOrRefused(string vr, int values)
    {
        var steps = new PerformedProcedureSteps(_folder.Folder.CreateSubdirectory("steps"));
        DicomTag[] read =
        [
            DicomTag.PerformedProcedureStepStatus, DicomTag.SpecificCharacterSet, DicomTag.SOPInstanceUID, DicomTag.PatientName,
            DicomTag.ScheduledProcedureStepSequence,
        ];
        for (var number = 0; number < read.Length; number++)
        {
            using var odd = new RawDataSet()
                .With(DicomTag.PerformedProcedureStepStatus, "CS", "IN PROGRESS")
                .With(read[number], vr, RawDataSet.ValuesOf(vr, values))
                .Open(_folder);
            var uid = $"1.2.{number + 1}";
            using var right = TestInstance.Keys(null, (DicomTag.PerformedProcedureStepStatus, "IN PROGRESS"));
            steps.Create(uid, right);

            // What the program catches: anything else would be told as a fault of its own.
            Assert.True(Record.Exception(() => steps.Create($"{uid}.1", odd)) is null or ProcedureStepException or IOException or ArgumentException);
            Assert.True(Record.Exception(() => steps.Set(uid, odd)) is null or ProcedureStepException or IOException or ArgumentException);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Commitment_ReferencesOfAnyKind_AreReportedOrRefused(string vr, int values)
    {
        using var archive = Archive.Open(_folder.Folder.CreateSubdirectory("archive"), new StoragePolicy());
        DicomTag[] read = [DicomTag.TransactionUID, DicomTag.ReferencedSOPSequence];
        foreach (var tag in read)
        {
            using var odd = new RawDataSet()
                .With(DicomTag.TransactionUID, "UI", "1.2.3")
                .With(DicomTag.ReferencedSOPSequence, "SQ", RawDataSet.ValuesOf("SQ", 1))
                .With(tag, vr, RawDataSet.ValuesOf(vr, values))
                .Open(_folder);
            AssertAnsweredOrRefused(() => CommitmentReport.Of(CommitmentRequest.Parse(odd), archive).Information.Dispose());
        }
    }

    // A folder's entries are copies: what cannot be copied is none.
    private static bool CanBeEntry(DicomDataSet dataSet) => Record.Exception(() => DataSetCopy.Of(dataSet)) is null;

    private static void AssertAnsweredOrRefused(Action deed)
    {
        var error = Record.Exception(deed);
        Assert.True(error is null or FormatException or DataSetException, error?.ToString());
    }

    private static IEnumerable<DicomTag> ConfusableAttributes() => IndexSchema.PatientColumns
        .Concat(IndexSchema.StudyColumns).Concat(IndexSchema.SeriesColumns).Concat(IndexSchema.InstanceColumns)
        .Select(keyword => DicomDictionary.TryGetTag(keyword, out var tag) ? tag : throw new KeyNotFoundException(keyword))
        .Except(Uids)
        .Append(DicomTag.SpecificCharacterSet);

    private static RawDataSet Confused(string vr, int values, IEnumerable<DicomTag> tags) => tags.Aggregate(
        new RawDataSet()
            .With(DicomTag.SOPClassUID, "UI", DicomUids.CTImageStorage)
            .With(DicomTag.SOPInstanceUID, "UI", "1.2.1.1.1")
            .With(DicomTag.StudyInstanceUID, "UI", "1.2.1")
            .With(DicomTag.SeriesInstanceUID, "UI", "1.2.1.1"),
        (dataSet, tag) => dataSet.With(tag, vr, RawDataSet.ValuesOf(vr, values)));
}
