using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>DCMTK's storescu sends, StoreScp keeps. storescu encodes anew what it sends, so that storescp tells what it did send.</summary>
public sealed class StoreScpTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("4096")]
    [InlineData("16384")]
    [InlineData("131072")]
    public async Task StoreScp_StorescuSendsSampleFiles_KeepsWhatWasSent(string maximumPdu)
    {
        var files = SampleFiles.SendableByStorescu;
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        var expected = await StoreToStorescpAsync(profile, files);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"), "--max-pdu", maximumPdu);

        await Dcmtk.StoreAsync(scp.Port, profile, files, "--max-pdu", maximumPdu);

        await scp.StopAsync();
        Part10.AssertSameDataSets(expected, Kept());
        await AssertDcmdumpReadsAsync(Kept());
    }

    [Fact]
    public async Task StoreScp_StorescuSendsSampleFilesOverIPv6_KeepsWhatWasSent()
    {
        var files = SampleFiles.SendableByStorescu;
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        var expected = await StoreToStorescpAsync(profile, files);
        await using var scp = await Sample.StartIPv6ScpAsync("StoreScp", "--out", _folder.Sub("ours"));
        await using var relay = new Relay(scp.EndPoint);

        await Dcmtk.StoreAsync(relay.Port.ToString(CultureInfo.InvariantCulture), profile, files);

        await scp.StopAsync();
        Part10.AssertSameDataSets(expected, Kept());
    }

    [Fact]
    public async Task StoreScp_StorescuSendsMadeFilesInEachUncompressedSyntax_KeepsWhatWasSent()
    {
        string[] files = [.. SampleFiles.UncompressedSyntaxes.Select((syntax, index) =>
            Part10.Make(_folder.PathOf($"{index}.in.dcm"), $"1.2.3.{index}", pixelBytes: 300_000, syntax))];
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        var expected = await StoreToStorescpAsync(profile, files);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"));

        await Dcmtk.StoreAsync(scp.Port, profile, files);

        await scp.StopAsync();
        Part10.AssertSameDataSets(expected, Kept());
        await AssertDcmdumpReadsAsync(Kept());
    }

    [Fact]
    public async Task StoreScp_SeveralStorescusAtOnce_KeepsAllOfEach()
    {
        string[][] sets = [.. Enumerable.Range(1, 4).Select(series => Part10.MakeMany(_folder.Sub($"{series}.in"), 20, 100_000, series))];
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), sets[0]);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"));

        await Task.WhenAll(sets.Select(files => Dcmtk.StoreAsync(scp.Port, profile, files)));

        await scp.StopAsync();
        Assert.Contains("4 associations, 80 instances stored, 0 refused", scp.Process.Lines);
        Part10.AssertSameDataSets([.. sets.SelectMany(files => files)], Kept());
    }

    [Fact]
    public async Task StoreScp_SameInstanceAgain_IsKeptOnceAndOverwritesNothing()
    {
        var first = Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3", pixelBytes: 1000);
        var second = Part10.Make(_folder.PathOf("b.in.dcm"), "1.2.3", pixelBytes: 2000);
        string[] files = [first, second, first, second];
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"));

        await Dcmtk.StoreAsync(scp.Port, profile, files);

        await scp.StopAsync();
        Assert.Equal(["1.2.3-2.dcm", "1.2.3.dcm"], Kept().Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Part10.AssertSameDataSets([first, second], Kept());
        Assert.Equal(2, scp.Process.Lines.Count(line => line.Contains("stored before as", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task StoreScp_OnlyAssociationsOfItsTitle_AreServed()
    {
        var files = Part10.MakeMany(_folder.Path, 1);
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"), "--aet", "OURS");

        await using var rejected = await Dcmtk.RunAsync(1, "storescu", "-v", "-aec", "THEIRS", "127.0.0.1", scp.Port, files[0]);
        await Dcmtk.StoreAsync(scp.Port, profile, files, "-aec", "OURS");

        Assert.Contains("Called AE Title Not Recognized", rejected.Output, StringComparison.Ordinal);
        Assert.Single(Kept());
    }

    [Fact]
    public async Task StoreScp_Discarding_AnswersSuccessAndKeepsNothing()
    {
        var files = Part10.MakeMany(_folder.Path, 3, pixelBytes: 100_000);
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("ours"), "--discard");

        await Dcmtk.StoreAsync(scp.Port, profile, files);

        await scp.StopAsync();
        Assert.Empty(Kept());
    }

    private string[] Kept() => Directory.GetFiles(_folder.PathOf("ours"));

    private async Task<string[]> StoreToStorescpAsync(string profile, string[] files)
    {
        var theirs = _folder.Sub("theirs");
        await using var storescp = await Dcmtk.StartStorescpAsync(theirs, "--bit-preserving", "+xa", "--unique-filenames");
        await Dcmtk.StoreAsync(storescp.Port, profile, files);
        return Directory.GetFiles(theirs);
    }

    private static async Task AssertDcmdumpReadsAsync(string[] files)
    {
        await using var dcmdump = await Dcmtk.RunAsync(0, "dcmdump", ["--quiet", .. files]);
    }
}
