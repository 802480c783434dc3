namespace Dicom.Net.Samples.Tests.WorklistScp;

/// <summary>The worklist: what is in the folder, and what of it matches.</summary>
public sealed class WorklistTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "", "", 2)]
    [InlineData("DOE*", "", "", 1)]
    [InlineData("", "CT", "", 1)]
    [InlineData("", "US", "", 0)]
    [InlineData("", "", "20240101-20240131", 1)]
    [InlineData("DOE*", "MR", "", 0)]
    public void Matches_Keys_OfTheStepToo(string name, string modality, string date, int expected)
    {
        WriteEntry("a.json", "Doe^Jane", ("CT", "20240110"));
        WriteEntry("b.json", "Roe^Rick", ("MR", "20240210"));

        Assert.Equal(expected, Find(Keys(name, modality, date)).Count);
    }

    // PS3.4 Table K.6-1: two ranges are one period. A single date or time is matched by itself.
    [Theory]
    [InlineData("20240705-20240707", "10-18", "20240705", "0959", false)]
    [InlineData("20240705-20240707", "10-18", "20240705", "1000", true)]
    [InlineData("20240705-20240707", "10-18", "20240705", "2300", true)]
    [InlineData("20240705-20240707", "10-18", "20240706", "0300", true)]
    [InlineData("20240705-20240707", "10-18", "20240707", "0800", true)]
    [InlineData("20240705-20240707", "10-1800", "20240707", "1801", false)]
    [InlineData("20240705-", "10-18", "20240705", "0900", false)]
    [InlineData("20240705-", "10-18", "20250101", "2300", true)]
    [InlineData("-20240707", "10-18", "20240101", "0300", true)]
    [InlineData("-20240707", "10-18", "20240707", "1900", false)]
    [InlineData("20240705-20240707", "10-", "20240705", "0900", false)]
    [InlineData("20240705-20240707", "10-", "20240707", "2359", true)]
    [InlineData("20240705-20240707", "-18", "20240705", "0000", true)]
    [InlineData("20240705-20240707", "-18", "20240707", "1900", false)]
    [InlineData("20240705", "10-18", "20240705", "0900", false)]
    [InlineData("20240705-20240707", "10", "20240706", "1030", true)]
    [InlineData("20240705-20240707", "10", "20240706", "1130", false)]
    [InlineData("20240705-20240707", "", "20240705", "0100", true)]
    [InlineData("20240705-20240707", "10-18", "20240706", "", false)]
    public void Matches_RangesOfDateAndTime_AreOnePeriod(string dates, string times, string date, string time, bool expected)
    {
        using var keys = Step(dates, times);
        using var step = Step(date, time);

        Assert.Equal(expected, WorklistQuery.Matches(keys, step));
    }

    private static DicomDataSet Step(string date, string time) => TestInstance.Keys(
        null, (DicomTag.ScheduledProcedureStepStartDate, date), (DicomTag.ScheduledProcedureStepStartTime, time));

    [Fact]
    public void Answer_Keys_AreReturnedAndNothingElse()
    {
        WriteEntry("a.json", "Doe^Jane", ("CT", "20240110"));
        using var keys = Keys("", "", "");
        keys.Set(DicomTag.AccessionNumber, "");

        using var answer = Assert.Single(Find(keys));

        Assert.Equal("Doe^Jane", answer.GetString(DicomTag.PatientName));
        Assert.Equal("", answer.GetString(DicomTag.AccessionNumber));
        Assert.False(answer.Contains(DicomTag.PatientID));
        var step = Assert.Single(answer.GetItems(DicomTag.ScheduledProcedureStepSequence));
        Assert.Equal("CT", step.GetString(DicomTag.Modality));
        Assert.False(step.Contains(DicomTag.ScheduledProcedureStepID));
    }

    [Fact]
    public void Answer_SequenceWithoutItem_IsReturnedAsAWhole()
    {
        WriteEntry("a.json", "Doe^Jane", ("CT", "20240110"));
        using var keys = new DicomDataSet();
        keys.SetItems(DicomTag.ScheduledProcedureStepSequence);

        using var answer = Assert.Single(Find(keys));

        Assert.Equal("S1", Assert.Single(answer.GetItems(DicomTag.ScheduledProcedureStepSequence))
            .GetString(DicomTag.ScheduledProcedureStepID));
    }

    [Fact]
    public void Entries_SeveralStepsOfOneProcedure_AreOneEntryEach()
    {
        WriteEntry("a.json", "Doe^Jane", ("CT", "20240110"), ("MR", "20240111"));

        Assert.Equal(2, Find(Keys("", "", "")).Count);
        var mr = Assert.Single(Find(Keys("", "MR", "")));
        Assert.Equal("MR", Assert.Single(mr.GetItems(DicomTag.ScheduledProcedureStepSequence)).GetString(DicomTag.Modality));
    }

    [Fact]
    public void Entries_FolderChanges_AreAsItIs()
    {
        var worklist = new WorklistFolder(_folder.Folder);
        Assert.Empty(worklist.Entries());

        WriteEntry("a.json", "Doe^Jane", ("CT", "20240110"));
        Assert.Single(worklist.Entries());

        WriteEntry("a.json", "Doe^Jane^Another", ("CT", "20240110"));
        Assert.Equal("Doe^Jane^Another", Assert.Single(worklist.Entries()).GetString(DicomTag.PatientName));

        File.Delete(_folder.PathOf("a.json"));
        Assert.Empty(worklist.Entries());
    }

    [Fact]
    public void Entries_DicomFileAndBadFile_AreReadAndLeftOut()
    {
        using (var entry = TestInstance.Make(1, 1, 1))
        {
            entry.Save(_folder.PathOf("a.wl"));
        }

        File.WriteAllText(_folder.PathOf("b.json"), "{ half");
        File.WriteAllText(_folder.PathOf("c.dcm"), "nothing");
        File.WriteAllText(_folder.PathOf("d.json"), """{ "00280009": { "vr": "AT", "Value": ["123456789"] } }""");
        File.WriteAllText(_folder.PathOf("e.json"), """{ "\ud800": { "vr": "PN" } }""");
        File.WriteAllText(_folder.PathOf("readme.txt"), "no entry");

        Assert.Equal("Doe^Jane", Assert.Single(new WorklistFolder(_folder.Folder).Entries()).GetString(DicomTag.PatientName));
    }

    [Fact]
    public void Validate_TwoItemsOfKeys_AreRefused()
    {
        using var keys = new DicomDataSet();
        keys.SetItems(DicomTag.ScheduledProcedureStepSequence, new DicomDataSet(), new DicomDataSet());

        Assert.Throws<FormatException>(() => WorklistQuery.Validate(keys));
    }

    private static DicomDataSet Keys(string name, string modality, string date)
    {
        var step = TestInstance.Keys(null, (DicomTag.Modality, modality), (DicomTag.ScheduledProcedureStepStartDate, date));
        var keys = TestInstance.Keys(null, (DicomTag.PatientName, name));
        keys.SetItems(DicomTag.ScheduledProcedureStepSequence, step);
        return keys;
    }

    private List<DicomDataSet> Find(DicomDataSet keys)
    {
        WorklistQuery.Validate(keys);
        return [.. new WorklistFolder(_folder.Folder).Entries()
            .Where(entry => WorklistQuery.Matches(keys, entry))
            .Select(entry => WorklistQuery.Answer(keys, entry))];
    }

    private void WriteEntry(string file, string name, params (string Modality, string Date)[] steps)
    {
        var items = steps.Select(step => $$"""
            {
              "00080060": { "vr": "CS", "Value": ["{{step.Modality}}"] },
              "00400002": { "vr": "DA", "Value": ["{{step.Date}}"] },
              "00400009": { "vr": "SH", "Value": ["S1"] }
            }
            """);
        File.WriteAllText(_folder.PathOf(file), $$"""
            {
              "00100010": { "vr": "PN", "Value": [{ "Alphabetic": "{{name}}" }] },
              "00100020": { "vr": "LO", "Value": ["P1"] },
              "00400100": { "vr": "SQ", "Value": [{{string.Join(',', items)}}] }
            }
            """);
    }
}
