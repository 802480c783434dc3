using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The modality worklist, and procedure steps: findscu and modalities with WorklistScp, FindScu with wlmscpfs.</summary>
public sealed class WorklistTests : IDisposable
{
    private const string Modality = "ScheduledProcedureStepSequence[0].Modality";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PatientName=DOE*", "ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate", 1)]
    [InlineData("PatientName", Modality, 3)]
    [InlineData("PatientName", $"{Modality}=CT", 2)]
    [InlineData("PatientName", $"{Modality}=US", 0)]
    [InlineData("PatientID=P2", $"{Modality}=CT", 0)]
    [InlineData("PatientName", "ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=20240101-20240131", 2)]
    [InlineData("PatientName", "ScheduledProcedureStepSequence[0].ScheduledStationAETitle=CT_?", 2)]
    public async Task WorklistScp_FindscuAsks_TellsWhatIsScheduled(string key, string keyOfStep, int expected)
    {
        WriteThreeEntries();
        await using var scp = await StartAsync();

        var matches = await FindAsync(scp, key, keyOfStep);

        Assert.Equal(expected, matches.Length);
        Assert.All(matches, match => Assert.Single(match.GetItems(DicomTag.ScheduledProcedureStepSequence)));
    }

    [Fact]
    public async Task WorklistScp_FileIsAddedMeanwhile_IsTold()
    {
        WriteThreeEntries();
        await using var scp = await StartAsync();
        WriteEntry("later", "Late^Lara", "P4", "CT", "20240301");

        var matches = await FindAsync(scp, "PatientName=LATE*", Modality);

        Assert.Equal("Late^Lara", Assert.Single(matches).GetString(DicomTag.PatientName));
    }

    [Fact]
    public async Task WorklistScp_DicomFileInAnotherCharacterSet_IsToldAsItIs()
    {
        using (var entry = new DicomDataSet())
        {
            entry.Set(DicomTag.SpecificCharacterSet, "ISO_IR 100");
            entry.Set(DicomTag.SOPClassUID, DicomUids.ModalityWorklistFind);
            entry.Set(DicomTag.SOPInstanceUID, "1.2.3");
            entry.Set(DicomTag.PatientName, "Müller^Änne");
            entry.SetItems(DicomTag.ScheduledProcedureStepSequence, new DicomDataSet());
            entry.Save(Path.Combine(_folder.Sub("worklist"), "a.wl"));
        }

        await using var scp = await StartAsync();

        var matches = await FindAsync(scp, "PatientName=M*", "ScheduledProcedureStepSequence[0].ScheduledProcedureStepID");

        Assert.Equal("Müller^Änne", Assert.Single(matches).GetString(DicomTag.PatientName));
    }

    [Fact]
    public async Task WorklistScp_KeyThatIsNone_IsRefused()
    {
        WriteThreeEntries();
        await using var scp = await StartAsync();

        await using var findscu = await Dcmtk.RunAsync(
            0, "findscu", "-d", "-W", "-k", "PatientBirthDate=long ago", "127.0.0.1", scp.Port);

        Assert.Contains("0xa900", findscu.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WorklistScp_FolderCannotBeRead_SaysThatItIsUnableToProcess(bool isGone)
    {
        Require.Unix();
        WriteThreeEntries();
        var worklist = _folder.Sub("worklist");
        await using var scp = await Sample.StartWithoutPrivilegesAsync(
            "WorklistScp", "--worklist", worklist, "--performed", _folder.PathOf("performed"));
        Directory.Move(worklist, _folder.PathOf("elsewhere"));
        if (!isGone && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(worklist, UnixFileMode.None);
        }

        await using var refused = AskWorklist(scp.Port, Modality.Replace("[0]", "", StringComparison.Ordinal));
        await refused.ExitAsync(1);
        if (!isGone)
        {
            Directory.Delete(worklist);
        }

        Directory.Move(_folder.PathOf("elsewhere"), worklist);
        await using var answered = AskWorklist(scp.Port, Modality.Replace("[0]", "", StringComparison.Ordinal));
        await answered.ExitAsync(0);

        Assert.Contains("0 matches: C000H, ", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(worklist, refused.Output, StringComparison.Ordinal);
        Assert.Contains("3 matches: 0000H, success", answered.Lines);
    }

    [Fact]
    public async Task FindScu_AsksWorklistScp_PrintsWhatIsScheduled()
    {
        WriteThreeEntries();
        await using var scp = await StartAsync();
        await using var scu = AskWorklist(scp.Port, "ScheduledProcedureStepSequence.Modality=MR");

        await scu.ExitAsync(0);

        Assert.Contains("PatientName = Roe^Rick", scu.Lines);
        Assert.Contains("  Modality = MR", scu.Lines);
        Assert.Contains("1 matches: 0000H, success", scu.Lines);
    }

    [Fact]
    public async Task FindScu_AsksWlmscpfs_PrintsWhatIsScheduled()
    {
        var entries = Directory.CreateDirectory(Path.Combine(_folder.Sub("wlm"), "ANY-SCP")).FullName;
        File.WriteAllText(Path.Combine(entries, "lockfile"), "");
        WriteDicomEntry(Path.Combine(entries, "a.wl"), "Doe^Jane", "CT");
        WriteDicomEntry(Path.Combine(entries, "b.wl"), "Roe^Rick", "MR");
        await using var wlmscpfs = await ForeignScp.StartAsync(port =>
            new(Require.Dcmtk("wlmscpfs"), ["-v", "-dfp", _folder.PathOf("wlm"), "-dfr", port]));
        await using var scu = AskWorklist(wlmscpfs.Port, "ScheduledProcedureStepSequence.Modality=MR");

        await scu.ExitAsync(0);

        Assert.Contains("PatientName = Roe^Rick", scu.Lines);
        Assert.Contains("  Modality = MR", scu.Lines);
        Assert.Contains("1 matches: 0000H, success", scu.Lines);
    }

    [Fact]
    public async Task WorklistScp_StepIsReported_IsKeptUntilItHasEnded()
    {
        await using var scp = await StartAsync();
        await using var modality = await NormalizedScu.AssociateAsync(scp.Port, DicomUids.ModalityPerformedProcedureStep);

        var begun = await CreateAsync(modality, "1.2.3", "IN PROGRESS");
        var again = await CreateAsync(modality, "1.2.3", "IN PROGRESS");
        var ended = await SetAsync(modality, "1.2.3", "COMPLETED");
        var tooLate = await SetAsync(modality, "1.2.3", "DISCONTINUED");
        var unknown = await SetAsync(modality, "1.2.4", "COMPLETED");
        var wrong = await CreateAsync(modality, "1.2.5", "COMPLETED");

        Assert.Equal(
            [0x0000, 0x0111, 0x0000, 0x0110, 0x0112, 0x0106],
            new[] { begun, again, ended, tooLate, unknown, wrong }.Select(response => (int)response.Status));
        Assert.Equal(0xA710, tooLate.Detail.ErrorID);
        Assert.Equal("Performed Procedure Step Object may no longer be updated", tooLate.Detail.ErrorComment);
        using var kept = DicomDataSet.Load(_folder.PathOf("performed/1.2.3.dcm"));
        Assert.Equal(
            ("COMPLETED", "Doe^Jane"), (kept.GetString(DicomTag.PerformedProcedureStepStatus), kept.GetString(DicomTag.PatientName)));
    }

    [Fact]
    public async Task WorklistScp_StepOfAPath_IsRefusedAndWritesNothing()
    {
        await using var scp = await StartAsync();
        await using var modality = await NormalizedScu.AssociateAsync(scp.Port, DicomUids.ModalityPerformedProcedureStep);

        var response = await CreateAsync(modality, "../1.2.3", "IN PROGRESS");

        Assert.Equal(DicomCommandStatusType.InvalidSopInstance, response.Status);
        Assert.Empty(_folder.Files);
    }

    private Task<SampleScp> StartAsync() => Sample.StartScpAsync(
        "WorklistScp", "--worklist", _folder.Sub("worklist"), "--performed", _folder.PathOf("performed"));

    private async Task<DicomDataSet[]> FindAsync(SampleScp scp, params string[] keys)
    {
        var output = _folder.Sub("responses");
        await using var findscu = await Dcmtk.RunAsync(
            0, "findscu", ["-v", "-W", "-X", "-od", output, .. keys.SelectMany(key => new[] { "-k", key }), "127.0.0.1", scp.Port]);
        return [.. Directory.GetFiles(output).Select(DicomDataSet.Load)];
    }

    private static RunningProcess AskWorklist(string port, string key) => Sample.Start(
        "FindScu", "127.0.0.1", port, "--model", "worklist", "-k", "PatientName", "-k", key,
        "-k", "ScheduledProcedureStepSequence.ScheduledProcedureStepStartDate");

    private static async Task<NormalizedResponse> CreateAsync(NormalizedScu modality, string instance, string state)
    {
        using var attributes = new DicomDataSet();
        attributes.Set(DicomTag.PerformedProcedureStepStatus, state);
        attributes.Set(DicomTag.PatientName, "Doe^Jane");
        return await modality.AskAsync((net, id) => net.SendNCreateRequest(
            NormalizedScu.Context, id, DicomUids.ModalityPerformedProcedureStep, instance, attributes));
    }

    private static async Task<NormalizedResponse> SetAsync(NormalizedScu modality, string instance, string state)
    {
        using var attributes = new DicomDataSet();
        attributes.Set(DicomTag.PerformedProcedureStepStatus, state);
        return await modality.AskAsync((net, id) => net.SendNSetRequest(
            NormalizedScu.Context, id, DicomUids.ModalityPerformedProcedureStep, instance, attributes));
    }

    private void WriteThreeEntries()
    {
        WriteEntry("a", "Doe^Jane", "P1", "CT", "20240110");
        WriteEntry("b", "Roe^Rick", "P2", "MR", "20240210");
        WriteEntry("c", "Poe^Edgar", "P3", "CT", "20240120");
    }

    private void WriteEntry(string file, string name, string patient, string modality, string date) =>
        File.WriteAllText(Path.Combine(_folder.Sub("worklist"), $"{file}.json"), $$"""
            {
              "00100010": { "vr": "PN", "Value": [{ "Alphabetic": "{{name}}" }] },
              "00100020": { "vr": "LO", "Value": ["{{patient}}"] },
              "00400100": { "vr": "SQ", "Value": [ {
                "00080060": { "vr": "CS", "Value": ["{{modality}}"] },
                "00400001": { "vr": "AE", "Value": ["{{modality}}_1"] },
                "00400002": { "vr": "DA", "Value": ["{{date}}"] },
                "00400009": { "vr": "SH", "Value": ["S1"] }
              } ] }
            }
            """);

    private static void WriteDicomEntry(string path, string name, string modality)
    {
        using var entry = new DicomDataSet();
        entry.Set(DicomTag.SOPClassUID, DicomUids.ModalityWorklistFind);
        entry.Set(DicomTag.SOPInstanceUID, "1.2.3");
        entry.Set(DicomTag.PatientName, name);
        entry.Set(DicomTag.PatientID, "P1");
        var step = new DicomDataSet();
        step.Set(DicomTag.Modality, modality);
        step.Set(DicomTag.ScheduledProcedureStepStartDate, "20240110");
        entry.SetItems(DicomTag.ScheduledProcedureStepSequence, step);
        entry.Save(path);
    }
}
