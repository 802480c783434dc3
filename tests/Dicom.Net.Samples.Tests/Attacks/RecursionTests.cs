namespace Dicom.Net.Samples.Tests.Attacks;

/// <summary>
/// Sequences that nest so deep that a reader calling itself runs out of stack (DCMTK #1191): what the samples' own recursion does with them.
/// </summary>
public sealed class RecursionTests : IDisposable
{
    private const int Levels = 10_000;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Worklist_KeysNestTenThousandDeep_AreRefused()
    {
        using var keys = Nested();
        using var entry = TestInstance.Keys(null, (DicomTag.PatientID, "P1"));

        Assert.Throws<DataSetException>(() => WorklistQuery.Validate(keys));
        Assert.Throws<DataSetException>(() => WorklistQuery.Matches(keys, entry));
        Assert.Throws<DataSetException>(() => WorklistQuery.Answer(keys, entry));
    }

    [Fact]
    public void Query_KeysNestTenThousandDeep_AreRefused()
    {
        using var keys = Nested();

        Assert.Throws<DataSetException>(() => ArchiveQuery.ForFind(keys, isPatientRoot: false));
        Assert.Throws<DataSetException>(() => ArchiveQuery.ForRetrieve(keys, isPatientRoot: false));
    }

    [Fact]
    public void ProcedureStep_AttributesNestTenThousandDeep_AreRefused()
    {
        using var attributes = Nested();
        var folder = _folder.Folder.CreateSubdirectory("steps");
        var steps = new PerformedProcedureSteps(folder);

        Assert.Throws<DataSetException>(() => steps.Create("1.2.3", attributes));
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public void Archive_InstanceNestsTenThousandDeep_IsRefusedAndLeavesNoFile()
    {
        using var archive = Archive.Open(_folder.Folder.CreateSubdirectory("archive"), new StoragePolicy());
        using var instance = Nested();

        Assert.Throws<DataSetException>(() => archive.Keep(instance));

        Assert.Empty(_folder.Folder.GetFiles("*.dcm", SearchOption.AllDirectories));
    }

    [Fact]
    public void Commitment_ReferencesNestTenThousandDeep_AreRefused()
    {
        using var information = Nested();

        Assert.Throws<DataSetException>(() => CommitmentRequest.Parse(information));
    }

    /// <summary>Referenced SOP Sequence in itself, all lengths undefined: sixteen bytes for each level.</summary>
    private DicomDataSet Nested()
    {
        byte[] level = [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 8, 0, 0x99, 0x11, .. "SQ"u8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
        return new RawDataSet()
            .With(DicomTag.SOPClassUID, "UI", DicomUids.CTImageStorage)
            .With(DicomTag.SOPInstanceUID, "UI", "1.2.1.1.1")
            .WithUndefinedLength(DicomTag.ReferencedSOPSequence, [.. Enumerable.Repeat(level, Levels).SelectMany(bytes => bytes)])
            .Open(_folder);
    }
}
