using Dicom.Net.Interop.Tests.Support;
using Dicom.Net.Tests.Postgres;

namespace Dicom.Net.Interop.Tests;

/// <summary>Several QueryRetrieveScp on one index and one folder: what was stored through one is had through another.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ClusterTests(PostgresFixture postgres) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoNodes_StoredThroughOne_IsFoundAndMovedThroughTheOther()
    {
        var file = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3");
        await using var destination = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("moved"));
        string[] options =
        [
            "--archive", _folder.Sub("archive"), "--postgres", postgres.NewSchema(), "--new-archive",
            "--destination", $"DEST=127.0.0.1:{destination.Port}",
        ];
        await using var first = await Sample.StartScpAsync("QueryRetrieveScp", options);
        await using var second = await Sample.StartScpAsync("QueryRetrieveScp", options);

        await RunAsync("StoreScu", "127.0.0.1", first.Port, file);
        var found = await RunAsync("FindScu", "127.0.0.1", second.Port, "-k", "PatientName=Interop^Test", "-k", "StudyInstanceUID");
        var study = DicomDataSet.Load(file).GetString(DicomTag.StudyInstanceUID)!;
        await RunAsync("MoveScu", "127.0.0.1", second.Port, "--destination", "DEST", "-k", $"StudyInstanceUID={study}");

        Assert.Contains("1 matches: 0000H, success", found);
        Assert.True(File.Exists(_folder.PathOf("moved/1.2.3.dcm")));
    }

    [Fact]
    public async Task Node_FolderIsNotMounted_EndsAndSaysWhatToDo()
    {
        await using var node = Sample.Start(
            "QueryRetrieveScp", "--archive", _folder.PathOf("archive"), "--postgres", postgres.NewSchema());

        await node.ExitAsync(1);

        Assert.Contains("--new-archive", node.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("archive")));
    }

    [Fact]
    public async Task Node_FolderIsLost_RefusesWhatComesAndSaysWhy()
    {
        var archive = _folder.Sub("archive");
        await using var node = await Sample.StartScpAsync(
            "QueryRetrieveScp", "--archive", archive, "--postgres", postgres.NewSchema(), "--new-archive");
        using var dataSet = DicomDataSet.Load(Part10.Make(_folder.PathOf("in.dcm"), "1.2.3"));
        File.Delete(Path.Combine(archive, "archive.id"));

        var status = await StoreScu.StoreAsync(node.Port, DicomUids.SecondaryCaptureImageStorage, "1.2.3", dataSet);

        Assert.Equal(DicomCommandStatusType.OutOfResources, status);
        Assert.Empty(Directory.GetFiles(archive, "*", SearchOption.AllDirectories));
        await node.Process.LineAsync(line => line.Contains("Is it mounted?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_DatabaseIsAway_RefusesAndGoesOnWhenItIsBack()
    {
        var file = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3");
        await using var node = await Sample.StartScpAsync(
            "QueryRetrieveScp", "--archive", _folder.Sub("archive"), "--postgres", postgres.NewSchema(), "--new-archive");
        using var dataSet = DicomDataSet.Load(file);
        DicomCommandStatusType refused;

        await postgres.Server().StopAsync();
        try
        {
            refused = await StoreScu.StoreAsync(node.Port, DicomUids.SecondaryCaptureImageStorage, "1.2.3", dataSet);
        }
        finally
        {
            await postgres.Server().StartAsync();
        }

        // PS3.4 Table B.2-1: out of resources.
        Assert.Equal(DicomCommandStatusType.OutOfResources, refused);
        Assert.Equal(
            DicomCommandStatusType.Success, await StoreScu.StoreAsync(node.Port, DicomUids.SecondaryCaptureImageStorage, "1.2.3", dataSet));
    }

    [Fact]
    public async Task ThreeNodesBehindHAProxy_EachIsDrainedAndOneIsKilled_LosesNothing()
    {
        Require.Tool("haproxy", "haproxy");
        postgres.Server();

        await using var soak = await Soak.RunAsync("cluster", "--associations", "20");

        Assert.Contains(soak.Lines, line => line.EndsWith(" 0 faults.", StringComparison.Ordinal));
    }

    private static async Task<string[]> RunAsync(string sample, params string[] arguments)
    {
        await using var scu = Sample.Start(sample, arguments);
        await scu.ExitAsync(0);
        return scu.Lines;
    }
}
