using System.Text.Json;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>dicomnet, as a process, with DCMTK's peers.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_Storescp_FindsItWell()
    {
        await using var scp = await Dcmtk.StartStorescpAsync(_folder.Path);

        var result = await RunAsync(0, "doctor", "127.0.0.1", scp.Port);

        Assert.Equal("ok", result[^1].GetProperty("outcome").GetString());
        Assert.Equal(["name", "connect", "associate", "echo"], Of(result, "step").Select(step => step.GetProperty("step").GetString()));
    }

    [Fact]
    public async Task Store_Storescp_HasThem()
    {
        await using var scp = await Dcmtk.StartStorescpAsync(_folder.Path);

        var result = await RunAsync(0, "store", "127.0.0.1", scp.Port, Make("1.2.1"), Make("1.2.2"));

        Assert.Equal(2, result[^1].GetProperty("stored").GetInt32());
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "SC*").Length);
    }

    [Fact]
    public async Task FindGetAndMove_Dcmqrscp_BringWhatWasStored()
    {
        var port = ForeignPort.FreeText();
        await using var archive = await Dcmqrscp.StartAsync(_folder, ("DICOMNET", port));
        await RunAsync(0, "store", "127.0.0.1", archive.Port, "--called", Dcmqrscp.Title, Make("1.2.1"), Make("1.2.2"));

        var found = await RunAsync(0, "find", "127.0.0.1", archive.Port, "--called", Dcmqrscp.Title, "-k", "PatientName=Tool*");
        var study = Assert.Single(Of(found, "match")).GetProperty("dataSet").GetProperty("0020000D").GetProperty("Value")[0].GetString();
        string[] call = ["127.0.0.1", archive.Port, "--called", Dcmqrscp.Title, "-k", $"StudyInstanceUID={study}", "--ip", "4"];
        var got = await RunAsync(0, ["get", .. call, "--out", _folder.PathOf("got")]);
        var moved = await RunAsync(0, ["move", .. call, "--receive", port, "--out", _folder.PathOf("moved")]);

        Assert.Equal((2, 2), (got[^1].GetProperty("kept").GetInt32(), moved[^1].GetProperty("kept").GetInt32()));
        Assert.Equal(["1.2.1.dcm", "1.2.2.dcm"], Directory.GetFiles(_folder.PathOf("got")).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal(["1.2.1.dcm", "1.2.2.dcm"], Directory.GetFiles(_folder.PathOf("moved")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Worklist_Wlmscpfs_TellsWhatIsScheduled()
    {
        var folder = _folder.Sub(Path.Combine("wlm", "ANY-SCP"));
        await File.WriteAllTextAsync(Path.Combine(folder, "lockfile"), "", TestContext.Current.CancellationToken);
        WriteEntry(Path.Combine(folder, "a.wl"), "Doe^Jane", "CT", "20240110");
        WriteEntry(Path.Combine(folder, "b.wl"), "Roe^Rick", "MR", "20240110");
        await using var wlmscpfs = await ForeignScp.StartAsync(port =>
            new(Require.Dcmtk("wlmscpfs"), ["-v", "-dfp", _folder.PathOf("wlm"), "-dfr", port]));

        var result = await RunAsync(0, "worklist", "127.0.0.1", wlmscpfs.Port, "--date", "20240101-20240131", "--modality", "CT");

        var match = Assert.Single(Of(result, "match")).GetProperty("dataSet");
        Assert.Equal("Doe^Jane", match.GetProperty("00100010").GetProperty("Value")[0].GetProperty("Alphabetic").GetString());
    }

    [Fact]
    public async Task Listen_Storescu_IsKeptAndEndsOnSigterm()
    {
        await using var listen = Start("listen", "--host", "127.0.0.1", "--port", "0", "--out", _folder.PathOf("kept"));
        var told = JsonDocument.Parse(await listen.LineAsync(line => line.Contains("\"listening\"", StringComparison.Ordinal)));
        var port = told.RootElement.GetProperty("endPoints")[0].GetString()!.Split(':')[1];

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "127.0.0.1", port, Make("1.2.1"));
        await listen.TerminateAsync();
        await listen.ExitAsync(0);

        Assert.Equal("1.2.1.dcm", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.PathOf("kept")))));
    }

    private static RunningProcess Start(params string[] arguments) => RunningProcess.Start("dotnet", [Sample.PathOfTool(), .. arguments, "--json"]);

    private static async Task<JsonElement[]> RunAsync(int exitCode, params string[] arguments)
    {
        await using var process = Start(arguments);
        await process.ExitAsync(exitCode);
        return [.. process.Lines.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static IEnumerable<JsonElement> Of(JsonElement[] told, string type) => told.Where(one => one.GetProperty("type").GetString() == type);

    private string Make(string uid)
    {
        using var instance = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        instance.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        instance.Set(DicomTag.SOPInstanceUID, uid);
        instance.Set(DicomTag.PatientName, "Tool^Test");
        instance.Set(DicomTag.PatientID, "T-1");
        instance.Set(DicomTag.StudyInstanceUID, "1.2.3.4");
        instance.Set(DicomTag.SeriesInstanceUID, "1.2.3.4.5");
        instance.Set(DicomTag.StudyDate, "20240110");
        instance.Set(DicomTag.Modality, "OT");
        var path = _folder.PathOf($"{uid}.dcm");
        instance.Save(path);
        return path;
    }

    private static void WriteEntry(string path, string name, string modality, string date)
    {
        using var entry = new DicomDataSet();
        entry.Set(DicomTag.SOPClassUID, DicomUids.ModalityWorklistFind);
        entry.Set(DicomTag.SOPInstanceUID, "1.2.3");
        entry.Set(DicomTag.PatientName, name);
        entry.Set(DicomTag.PatientID, "P1");
        var step = new DicomDataSet();
        step.Set(DicomTag.Modality, modality);
        step.Set(DicomTag.ScheduledStationAETitle, "CT_1");
        step.Set(DicomTag.ScheduledProcedureStepStartDate, date);
        step.Set(DicomTag.ScheduledProcedureStepStartTime, "101500");
        entry.SetItems(DicomTag.ScheduledProcedureStepSequence, step);
        entry.Save(path);
    }
}
