using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-ECHO and C-STORE with dcmjs-dimse, both ways.</summary>
public sealed class DcmjsTests(Shared<DcmjsScp> shared) : IClassFixture<Shared<DcmjsScp>>, IDisposable
{
    // Its SCU reads what it sends, and encodes it anew.
    private static readonly string[] Encapsulated =
        ["JPEG-LL.dcm", "JPEG2000.dcm", "JPGExtended.dcm", "MR_small_RLE.dcm", "OBXXXX1A_rle_2frame.dcm", "examples_ybr_color.dcm"];

    private static readonly string[] Uncompressed =
        ["CT_small.dcm", "MR2_UNCR.dcm", "MR_small_implicit.dcm", "SC_rgb_small_odd.dcm", "emri_small.dcm", "test-SR.dcm"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EchoScu_ItsScp_SaysSuccess()
    {
        var dcmjs = await shared.StartedAsync();
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", dcmjs.Port, "--trace");

        await scu.ExitAsync(0);

        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
        Assert.Contains("A-RELEASE-RP", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScp_ItsScu_IsAnsweredSuccess()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");

        var responses = await Dcmjs.RequestAsync(scp.Port, "OURS", new { Service = "CEcho" }, new { Service = "CEcho" });

        Assert.Equal([DicomCommandStatusType.Success, DicomCommandStatusType.Success], responses.Select(response => response.Status));
        await scp.StopAsync();
        Assert.Contains("1 associations, 2 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task EchoScp_ItsScuCallsAnotherTitle_IsRejected()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");
        await using var scu = Dcmjs.StartScu(scp.Port, "THEIRS", new { Service = "CEcho" });

        await scu.ExitAsync(1);

        // PS3.8 §9.3.4: rejected-permanent, by the service-user, called AE title not recognized.
        Assert.Contains("Rejected: 1, 1, 7", scu.Lines);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4096")]
    public async Task StoreScu_SampleFilesToItsScp_ArriveBitForBit(string maximumPdu)
    {
        var files = SampleFiles.Sendable.DistinctBy(SampleFiles.InstanceOf).ToArray();
        var dcmjs = await shared.StartedAsync();
        await using var scu = Sample.Start("StoreScu", ["127.0.0.1", dcmjs.Port, "--max-pdu", maximumPdu, .. files]);

        await scu.ExitAsync(0);

        Assert.All(files, file => AssertSame(file, dcmjs.DataSetOf(SampleFiles.InstanceOf(file))));
    }

    [Fact]
    public Task StoreScp_ItsScuSendsEncapsulatedSampleFiles_KeepsWhatWasSent() => AssertKeepsAsync(SampleFiles.Named(Encapsulated));

    // It proposes Implicit and Explicit VR in one presentation context: StoreScp takes what stands first.
    [Fact]
    public Task StoreScp_ItsScuSendsUncompressedSampleFiles_KeepsWhatWasSent() =>
        AssertKeepsAsync(SampleFiles.Named(Uncompressed), accepting: "+xi");

    private Task AssertKeepsAsync(string[] files, string accepting = "+xa")
    {
        var requests = files.Select(file => new { Service = "CStore", File = file }).ToArray();
        return Witness.AssertStoreScpKeepsSameAsStorescpAsync(
            _folder,
            files.Length,
            async (title, port) =>
            {
                var responses = await Dcmjs.RequestAsync(port, title, requests);
                Assert.Equal(files.Length, responses.Count(response => response.Status == DicomCommandStatusType.Success));
            },
            accepting);
    }

    // A data set of odd length is padded when it is sent.
    private static void AssertSame(string file, byte[] received)
    {
        var sent = Part10.DataSetOf(file);
        Assert.True(received.AsSpan(0, sent.Length).SequenceEqual(sent), $"{file} has arrived as something else");
        Assert.True(received.Length - sent.Length == sent.Length % 2, $"{file}: {sent.Length} sent, {received.Length} received");
    }
}
