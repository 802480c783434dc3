using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-ECHO and C-STORE with CTN, both ways.</summary>
public sealed class CtnTests : IDisposable
{
    // simple_storage knows the uncompressed transfer syntaxes alone, and the SOP classes of its time.
    private static readonly string[] ForSimpleStorage =
        ["CT_small.dcm", "ExplVR_BigEnd.dcm", "MR2_UNCR.dcm", "MR_small.dcm", "SC_rgb_small_odd.dcm"];

    // send_image goes wrong with elements behind the pixel data, and with a VR of UN.
    private static readonly string[] ForSendImage =
    [
        "CT_small.dcm", "ExplVR_BigEnd.dcm", "JPEG2000.dcm", "JPGExtended.dcm", "MR_small_RLE.dcm",
        "MR_small_implicit.dcm", "OBXXXX1A_rle_2frame.dcm", "eCT_Supplemental.dcm", "emri_small.dcm", "pdf.dcm", "test-SR.dcm",
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EchoScu_SimpleStorage_SaysSuccess()
    {
        await using var storage = await Ctn.StartStorageAsync(_folder.Path);
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", storage.Port, "--trace");

        await scu.ExitAsync(0);

        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
        Assert.Contains("A-RELEASE-RP", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScp_DicomEchoSeveralTimesOnSeveralConnections_AnswersEach()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");

        await using var echo = await Ctn.RunAsync(0, "dicom_echo", "-c", "OURS", "-n", "3", "-r", "4", "127.0.0.1", scp.Port);

        await scp.StopAsync();
        Assert.Contains("3 associations, 12 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task EchoScp_DicomEchoProposesBothRoles_AnswersSuccess()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp");

        await using var echo = await Ctn.RunAsync(0, "dicom_echo", "-m", "SCUSCP", "127.0.0.1", scp.Port);

        await scp.StopAsync();
        Assert.Contains("1 associations, 1 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task EchoScp_DicomEchoDropsTheAssociation_GoesOnServing()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp");

        await using var dropping = await Ctn.RunAsync(0, "dicom_echo", "-d", "127.0.0.1", scp.Port);
        await using var next = await Ctn.RunAsync(0, "dicom_echo", "127.0.0.1", scp.Port);

        await scp.StopAsync();
        Assert.Contains("2 associations, 2 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task EchoScp_DicomEchoCallsAnotherTitle_IsRejected()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");

        await using var echo = await Ctn.RunAsync(1, "dicom_echo", "-c", "THEIRS", "127.0.0.1", scp.Port);

        await scp.StopAsync();
        Assert.Contains("0 associations, 0 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task StoreScu_SampleFilesToSimpleStorage_ArriveBitForBit()
    {
        var files = SampleFiles.Named(ForSimpleStorage);
        await using var storage = await Ctn.StartStorageAsync(_folder.Path);
        await using var scu = Sample.Start("StoreScu", ["127.0.0.1", storage.Port, .. files]);

        await scu.ExitAsync(0);

        Part10.AssertSameDataSets(files, _folder.Files);
    }

    [Fact]
    public async Task StoreScp_SendImageSendsSampleFiles_KeepsWhatWasSent()
    {
        var files = SampleFiles.Named(ForSendImage);

        await Witness.AssertStoreScpKeepsSameAsStorescpAsync(_folder, files.Length, async (title, port) =>
        {
            // It proposes one presentation context for each SOP class: each file gets an association of its own.
            foreach (var file in files)
            {
                await using var send = await Ctn.RunAsync(0, "send_image", ["-r", "-q", "-c", title, "127.0.0.1", port, file]);
            }
        });
    }
}
