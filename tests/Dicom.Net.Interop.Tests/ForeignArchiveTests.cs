using System.Globalization;
using System.Text.Json.Nodes;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>
/// FindScu, MoveScu and GetScu with foreign archives, DCMTK's dcmqrscp and Orthanc; and Orthanc as SCU of QueryRetrieveScp.
/// </summary>
public sealed class ForeignArchiveTests(Shared<Orthanc> shared) : IClassFixture<Shared<Orthanc>>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FindMoveGetScu_Dcmqrscp_FindMoveAndGet()
    {
        var receiver = ForeignPort.FreeText();
        await using var dcmqrscp = await Dcmqrscp.StartAsync(_folder, ("DICOMNET", receiver));

        await AssertFindsMovesAndGetsAsync(21, dcmqrscp.Port, Dcmqrscp.Title, receiver);
    }

    [Fact]
    public async Task FindMoveGetScu_Orthanc_FindMoveAndGet()
    {
        var orthanc = await shared.StartedAsync();
        var receiver = ForeignPort.FreeText();
        await orthanc.KnowAsync("DICOMNET", receiver);

        await AssertFindsMovesAndGetsAsync(22, orthanc.Port, Orthanc.Title, receiver);
    }

    [Fact]
    public async Task QueryRetrieveScp_OrthancQueriesAndRetrieves_HasWhatWasKept()
    {
        var orthanc = await shared.StartedAsync();
        var archive = new ArchiveFolder(_folder);
        archive.MakeSeries(23, 1, 3);
        archive.MakeSeries(24, 1, 1);
        await using var scp = await archive.StartAsync("--destination", $"{Orthanc.Title}=127.0.0.1:{orthanc.Port}");
        await orthanc.KnowAsync("QRSCP", scp.Port);

        var query = await orthanc.PostAsync("modalities/QRSCP/query", new JsonObject
        {
            ["Level"] = "Study",
            ["Query"] = new JsonObject { ["PatientName"] = "interop^patient23" },
        });
        var id = query!["ID"]!.GetValue<string>();
        Assert.Single((await orthanc.GetAsync($"queries/{id}/answers"))!.AsArray());
        await orthanc.PostAsync($"queries/{id}/retrieve", JsonValue.Create(Orthanc.Title), plain: true);

        foreach (var number in Enumerable.Range(1, 3))
        {
            var kept = _folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"{number}.dcm"));
            await orthanc.SaveAsync(ArchiveFolder.Uid(23, 1, number), kept);
            var sent = Path.Combine(archive.Path, "1.2.3.23", $"{ArchiveFolder.Uid(23, 1, number)}.dcm");
            Assert.Equal(Part10.DigestOf(sent), Part10.DigestOf(kept));
        }
    }

    [Fact]
    public async Task QueryRetrieveScp_OrthancWantsACommitment_IsReportedAnew()
    {
        var orthanc = await shared.StartedAsync();
        var archive = new ArchiveFolder(_folder);
        var file = Assert.Single(archive.MakeSeries(25, 1, 1));
        var kept = await orthanc.AddAsync(file);
        var lost = await orthanc.AddAsync(Part10.Make(_folder.PathOf("lost.dcm"), "1.2.3.25.9.9"));
        await using var scp = await archive.StartAsync("--destination", $"{Orthanc.Title}=127.0.0.1:{orthanc.Port}");
        await orthanc.KnowAsync("QRSCP", scp.Port);

        Assert.Equal("Success", await CommitAsync(orthanc, kept));
        Assert.Equal("Failure", await CommitAsync(orthanc, lost));

        await scp.Process.LineAsync(line => line.EndsWith("reported on a new association: 0000H, success", StringComparison.Ordinal));
    }

    private static async Task<string> CommitAsync(Orthanc orthanc, string resource)
    {
        var answer = await orthanc.PostAsync("modalities/QRSCP/storage-commitment", new JsonObject
        {
            ["Resources"] = new JsonArray(resource),
        });
        var id = answer!["ID"]!.GetValue<string>();
        var status = "Pending";
        using var late = new CancellationTokenSource(Timeouts.Default);
        while (status == "Pending")
        {
            Assert.False(late.IsCancellationRequested, "The report never came.");
            status = (await orthanc.GetAsync($"storage-commitment/{id}"))!["Status"]!.GetValue<string>();
        }

        return status;
    }

    private async Task AssertFindsMovesAndGetsAsync(int study, string port, string title, string receiver)
    {
        var files = new ArchiveFolder(_folder).MakeSeries(study, 1, 5);
        await RunAsync("StoreScu", [port, "--called", title, .. files]);
        var uid = ArchiveFolder.Uid(study);

        await using var find = await RunAsync("FindScu", [port, "--called", title, "-k", $"PatientID=P-{study}", "-k", "StudyInstanceUID"]);
        await using var move = await RunAsync(
            "MoveScu",
            [
                port, "--called", title, "--ip", "4", "--receive", receiver, "--out", _folder.PathOf("moved"),
                "-k", $"StudyInstanceUID={uid}",
            ]);
        await using var get = await RunAsync(
            "GetScu", [port, "--called", title, "--out", _folder.PathOf("got"), "-k", $"StudyInstanceUID={uid}"]);

        Assert.Contains($"StudyInstanceUID = {uid}", find.Lines);
        Assert.Contains("1 matches: 0000H, success", find.Lines);
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("moved")));
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("got")));
    }

    private static async Task<RunningProcess> RunAsync(string sample, string[] arguments)
    {
        var scu = Sample.Start(sample, ["127.0.0.1", .. arguments]);
        await scu.ExitAsync(0);
        return scu;
    }
}
