using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-ECHO and C-STORE with PixelMed, both ways.</summary>
public sealed class PixelMedTests(Shared<PixelMedScp> shared) : IClassFixture<Shared<PixelMedScp>>, IDisposable
{
    // Its SCP accepts the uncompressed transfer syntaxes, one for each SOP class.
    private static readonly string[] ForItsScp =
    [
        "CT_small.dcm", "ExplVR_BigEnd.dcm", "MR_small_bigendian.dcm", "SC_rgb_small_odd.dcm", "eCT_Supplemental.dcm", "emri_small.dcm",
        "liver.dcm", "parametric_map_float.dcm", "pdf.dcm", "rtdose.dcm", "test-SR.dcm",
    ];

    // Its SCU sends these as they are: one of each SOP class, since it keeps but one presentation context for each.
    private static readonly string[] FromItsScu =
    [
        "CT_small.dcm", "HTJ2KLossless_08_RGB.dcm", "MR_small_jp2klossless.dcm", "OBXXXX1A_rle_2frame.dcm", "eCT_Supplemental.dcm",
        "emri_small.dcm", "liver.dcm", "parametric_map_float.dcm", "pdf.dcm", "test-SR.dcm",
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EchoScu_ItsScp_SaysSuccess()
    {
        var pixelMed = await shared.StartedAsync();
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", pixelMed.Port, "--called", PixelMed.Title, "--trace");

        await scu.ExitAsync(0);

        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
        Assert.Contains("A-RELEASE-RP", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScp_ItsScu_IsAnsweredSuccess()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");

        await using var echo = await PixelMed.VerifyAsync(scp.Port, "OURS");

        Assert.Contains("was successful", echo.Output, StringComparison.Ordinal);
        await scp.StopAsync();
        Assert.Contains("1 associations, 1 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task EchoScp_ItsScuCallsAnotherTitle_IsRejected()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");

        await using var echo = await PixelMed.VerifyAsync(scp.Port, "THEIRS");

        Assert.Contains("was not successful", echo.Output, StringComparison.Ordinal);
        await scp.StopAsync();
        Assert.Contains("0 associations, 0 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task StoreScu_SampleFilesToItsScp_ArriveBitForBit()
    {
        var files = SampleFiles.Named(ForItsScp);
        var pixelMed = await shared.StartedAsync();
        await using var scu = Sample.Start("StoreScu", ["127.0.0.1", pixelMed.Port, "--called", PixelMed.Title, .. files]);

        await scu.ExitAsync(0);

        Part10.AssertSameDataSets(files, [.. files.Select(SampleFiles.InstanceOf).Select(pixelMed.PathOf)]);
    }

    [Fact]
    public async Task StoreScp_ItsScuSendsSampleFilesOverOneAssociation_KeepsThemBitForBit()
    {
        var files = SampleFiles.Named(FromItsScu);
        var kept = _folder.Sub("kept");
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", kept, "--aet", "OURS");

        await using var store = await PixelMed.StoreAsync(scp.Port, "OURS", files);

        await scp.StopAsync();
        Assert.Contains($"1 associations, {files.Length} instances stored, 0 refused", scp.Process.Lines);
        Part10.AssertSameDataSets(files, Directory.GetFiles(kept));
    }
}
