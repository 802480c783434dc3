using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-ECHO and C-STORE with Orthanc, both ways.</summary>
public sealed class OrthancTests(Shared<Orthanc> shared) : IClassFixture<Shared<Orthanc>>, IDisposable
{
    // It knows no HTJ2K, keeps nothing without its identifiers (PatientID and the rest), and aborts at the truncated one. Of several with
    // the same UID it keeps the first alone.
    private static readonly string[] NotForOrthanc =
        ["HTJ2KLossless_08_RGB.dcm", "JPEGLSNearLossless_16.dcm", "MR_truncated.dcm", "explicit_VR-UN.dcm"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EchoScu_Orthanc_SaysSuccess()
    {
        var orthanc = await shared.StartedAsync();
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", orthanc.Port, "--called", Orthanc.Title, "--trace");

        await scu.ExitAsync(0);

        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
        Assert.Contains("A-RELEASE-RP", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScp_Orthanc_IsAnsweredSuccess()
    {
        var orthanc = await shared.StartedAsync();
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "ECHOSCP");
        await orthanc.KnowAsync("ECHOSCP", scp.Port);

        await orthanc.EchoAsync("ECHOSCP");

        await scp.StopAsync();
        Assert.Contains("1 associations, 1 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task StoreScu_MadeFilesToOrthanc_AreThereWithAllTheySay()
    {
        var orthanc = await shared.StartedAsync();

        // What is deflated it deflates anew.
        string[] syntaxes = [.. SampleFiles.UncompressedSyntaxes.Except([DicomUids.DeflatedExplicitVRLittleEndian])];
        await AssertStoresAsync(orthanc, MakeFiles("1.2.3.10", syntaxes));
    }

    [Fact]
    public async Task StoreScu_SampleFilesToOrthanc_AreThereWithAllTheySay()
    {
        var files = SampleFilesForOrthanc();
        var orthanc = await shared.StartedAsync();

        await AssertStoresAsync(orthanc, files);
    }

    [Fact]
    public async Task StoreScp_OrthancSendsMadeFiles_KeepsWhatWasSent()
    {
        var orthanc = await shared.StartedAsync();

        await AssertKeepsAsync(orthanc, MakeFiles("1.2.3.11", SampleFiles.UncompressedSyntaxes));
    }

    [Fact]
    public async Task StoreScp_OrthancSendsSampleFiles_KeepsWhatWasSent()
    {
        var files = SampleFilesForOrthanc();
        var orthanc = await shared.StartedAsync();

        await AssertKeepsAsync(orthanc, files);
    }

    private static string[] SampleFilesForOrthanc() =>
    [
        .. SampleFiles.Sendable
            .Where(file => !NotForOrthanc.Contains(Path.GetFileName(file)))
            .DistinctBy(SampleFiles.InstanceOf),
    ];

    // The largest of them takes many PDUs.
    private string[] MakeFiles(string root, string[] syntaxes) =>
    [
        .. syntaxes.Select((syntax, index) =>
            Part10.Make(_folder.PathOf($"{index}.in.dcm"), $"{root}.{index}", pixelBytes: 1_000_000 * (index + 1), syntax)),
    ];

    private async Task AssertStoresAsync(Orthanc orthanc, string[] files)
    {
        await using var scu = Sample.Start("StoreScu", ["127.0.0.1", orthanc.Port, "--called", Orthanc.Title, .. files]);

        await scu.ExitAsync(0);

        var kept = _folder.Sub("kept");
        foreach (var instance in files.Select(SampleFiles.InstanceOf))
        {
            await orthanc.SaveAsync(instance, Path.Combine(kept, $"{instance}.dcm"));
        }

        Content.AssertSame(files, Directory.GetFiles(kept));
    }

    private async Task AssertKeepsAsync(Orthanc orthanc, string[] files)
    {
        var ids = new List<string>();
        foreach (var file in files)
        {
            ids.Add(await orthanc.AddAsync(file));
        }

        await Witness.AssertStoreScpKeepsSameAsStorescpAsync(_folder, files.Length, async (title, port) =>
        {
            await orthanc.KnowAsync(title, port);
            await orthanc.StoreAsync(title, ids);
        });
    }
}
