using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>StoreScu sends, StoreScp or DCMTK's storescp keeps.</summary>
public sealed class StoreScuTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0")]
    [InlineData("4096")]
    [InlineData("16384")]
    [InlineData("131072")]
    public async Task StoreScu_SampleFilesToOurs_ArriveBitForBit(string maximumPdu)
    {
        var files = SampleFiles.Sendable;
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("kept"), "--max-pdu", maximumPdu);

        await using var scu = await StoreAsync(0, scp.Port, files);

        await scp.StopAsync();
        Part10.AssertSameDataSets(files, Kept());
    }

    [Fact]
    public async Task StoreScu_MadeFilesToOursOverIPv6_ArriveBitForBit()
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 10, pixelBytes: 200_000);
        await using var scp = await Sample.StartIPv6ScpAsync("StoreScp", "--out", _folder.Sub("kept"));
        await using var scu = Sample.Start("StoreScu", "::1", scp.Port, _folder.PathOf("in"));

        await scu.ExitAsync(0);

        Part10.AssertSameDataSets(files, Kept());
    }

    [Theory]
    [InlineData("16384")]
    [InlineData("4096")]
    [InlineData("131072")]
    public async Task StoreScu_SampleFilesToDcmtk_ArriveBitForBit(string maximumPdu)
    {
        var files = SampleFiles.AcceptedByStorescp;
        await using var storescp = await Dcmtk.StartStorescpAsync(
            _folder.Sub("kept"), "--bit-preserving", "--unique-filenames", "--promiscuous", "+xa", "--max-pdu", maximumPdu);

        await using var scu = await StoreAsync(0, storescp.Port, files);

        Part10.AssertSameDataSets(files, Kept());
    }

    [Fact]
    public async Task StoreScu_MadeFilesToDcmtk_ArriveBitForBit()
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 10, pixelBytes: 200_000);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--bit-preserving", "--max-pdu", "4096");

        await using var scu = await StoreAsync(0, storescp.Port, files);

        Part10.AssertSameDataSets(files, Kept());
    }

    [Theory]
    [InlineData("--sleep-after")]
    [InlineData("--sleep-during")]
    public async Task StoreScu_DcmtkIsSlow_Waits(string delay)
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 2);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--bit-preserving", delay, "1");

        await using var scu = await StoreAsync(0, storescp.Port, files);

        Part10.AssertSameDataSets(files, Kept());
    }

    [Theory]
    [InlineData("--abort-after")]
    [InlineData("--abort-during")]
    public async Task StoreScu_DcmtkAborts_ReportsEachFileNotStored(string fault)
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 2, pixelBytes: 500_000);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), fault);

        await using var scu = await StoreAsync(1, storescp.Port, files);

        Assert.All(files, file => Assert.Contains(
            $"{file}: not stored: The association was aborted", scu.Output, StringComparison.Ordinal));
        Assert.Contains("0 of 2 files stored, 0.0 MB", scu.Lines);
    }

    [Fact]
    public async Task StoreScu_DcmtkRefuses_SaysWhy()
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 1);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--refuse");

        await using var scu = await StoreAsync(1, storescp.Port, files);

        Assert.Contains("not stored: The peer rejects the association: no reason given", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreScu_DcmtkDoesNotAcceptAll_SendsTheOthersAndSaysWhichNot()
    {
        var accepted = Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3.1");
        var refused = Part10.Make(_folder.PathOf("b.in.dcm"), "1.2.3.2", sopClass: "1.2.3.99");
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--bit-preserving");

        await using var scu = await StoreAsync(1, storescp.Port, [refused, accepted]);

        Assert.Contains($"{refused}: not stored: The peer does not accept 1.2.3.99 in", scu.Output, StringComparison.Ordinal);
        Part10.AssertSameDataSets([accepted], Kept());
    }

    [Fact]
    public async Task StoreScu_FolderWithOtherFiles_SendsTheInstancesAndSaysWhatIsNone()
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 2);
        var text = _folder.PathOf("in/readme.txt");
        await File.WriteAllTextAsync(text, "Not an instance.", TestContext.Current.CancellationToken);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("kept"));

        await using var scu = await StoreAsync(1, scp.Port, [_folder.PathOf("in"), _folder.PathOf("nothing.dcm")]);

        Assert.Contains($"{text}: not stored: This is no DICOM file", scu.Output, StringComparison.Ordinal);
        Assert.Contains("nothing.dcm: not stored: Could not find", scu.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 4 files stored, 0.0 MB", scu.Lines);
        Part10.AssertSameDataSets(files, Kept());
    }

    [Fact]
    public async Task StoreScu_MorePairsThanOneAssociationHolds_UsesSeveral()
    {
        var input = _folder.Sub("in");
        string[] files =
        [
            .. Enumerable.Range(1, 130).Select(number => Part10.Make(
                Path.Combine(input, $"{number}.dcm"),
                string.Create(CultureInfo.InvariantCulture, $"1.2.3.{number}"),
                sopClass: string.Create(CultureInfo.InvariantCulture, $"1.2.4.{number}"))),
        ];
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", _folder.Sub("kept"));

        await using var scu = await StoreAsync(0, scp.Port, [input]);

        await scp.StopAsync();
        Assert.Contains("3 associations, 130 instances stored, 0 refused", scp.Process.Lines);
        Part10.AssertSameDataSets(files, Kept());
    }

    private string[] Kept() => Directory.GetFiles(_folder.PathOf("kept"));

    private static async Task<RunningProcess> StoreAsync(int exitCode, string port, string[] paths)
    {
        var scu = Sample.Start("StoreScu", ["127.0.0.1", port, .. paths]);
        await scu.ExitAsync(exitCode);
        return scu;
    }
}
