using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-MOVE: DCMTK's movescu and MoveScu have QueryRetrieveScp send instances.</summary>
public sealed class MoveTests : IDisposable
{
    private const string Failed = "1.2.3.1.1.7";

    private readonly TestFolder _folder = new();
    private readonly ArchiveFolder _archive;

    public MoveTests() => _archive = new(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-S", "STUDY", "StudyInstanceUID=1.2.3.1", 5)]
    [InlineData("-S", "SERIES", "SeriesInstanceUID=1.2.3.1.1", 3)]
    [InlineData("-S", "IMAGE", "SOPInstanceUID=1.2.3.1.1.1\\1.2.3.2.1.1", 2)]
    [InlineData("-P", "PATIENT", "PatientID=P-2", 2)]
    public async Task QueryRetrieveScp_MovescuMovesEachLevel_ArrivesBitForBit(string model, string level, string key, int expected)
    {
        string[] files = [.. _archive.MakeSeries(1, 1, 3), .. _archive.MakeSeries(1, 2, 2), .. _archive.MakeSeries(2, 1, 2)];
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "--bit-preserving");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        await using var movescu = await MovescuAsync(0, scp, model, level, key);

        Assert.Contains("Received Final Move Response (Success)", movescu.Output, StringComparison.Ordinal);
        var moved = Directory.GetFiles(_folder.PathOf("moved"));
        Assert.Equal(expected, moved.Length);
        Part10.AssertSameDataSets([.. files.Where(file => moved.Any(one => IsOf(one, file)))], moved);
    }

    [Fact]
    public async Task QueryRetrieveScp_Point56_MoveOf100_TellsRightCounts()
    {
        _archive.MakeSeries(1, 1, 100);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "--bit-preserving");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        await using var scu = await MoveAsync(0, scp, "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Equal(100, Directory.GetFiles(_folder.PathOf("moved")).Length);
        Assert.Equal(
            [
                .. Enumerable.Range(1, 99).Select(number => Progress(number, failed: 0, 100 - number)),
                $"{Progress(100, 0, 0)}: 0000H, success",
            ],
            scu.Lines.Where(line => line.Contains(" sent, ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task QueryRetrieveScp_Point56_SomeOf100CannotBeRead_AreCountedAndNamed()
    {
        var files = _archive.MakeSeries(1, 1, 100);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "--bit-preserving");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");
        string[] gone = ["7", "33", "99"];
        Array.ForEach(gone, number => File.Delete(files[int.Parse(number, CultureInfo.InvariantCulture) - 1]));

        await using var scu = await MoveAsync(1, scp, "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Equal(97, Directory.GetFiles(_folder.PathOf("moved")).Length);
        Assert.Contains(
            $"{Progress(97, 3, 0)}: B000H, warning: coercion of data elements, or failed sub-operations", scu.Lines);
        Assert.Equal(
            gone.Select(number => $"1.2.3.1.1.{number}: not sent"),
            scu.Lines.Where(line => line.EndsWith(": not sent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task QueryRetrieveScp_Point56_SomeOf100AreRefused_MovescuIsToldRightCounts()
    {
        _archive.MakeSeries(1, 1, 90);
        _archive.MakeSeries(1, 2, 10, (DicomTag.SOPClassUID, "1.2.3.99"));
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "--bit-preserving");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        // Its exit code for a warning.
        await using var movescu = await MovescuAsync(68, scp, "-S", "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Contains(
            "Received Final Move Response (Warning: SubOperationsCompleteOneOrMoreFailures)", movescu.Output, StringComparison.Ordinal);
        Assert.Equal(90, Directory.GetFiles(_folder.PathOf("moved")).Length);
        await scp.Process.LineAsync(line => line.EndsWith("90 sent, 10 failed, 0 with a warning, 0 not sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task QueryRetrieveScp_Point56_NobodyIsAtTheDestination_AllFail()
    {
        _archive.MakeSeries(1, 1, 100);
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{ForeignPort.FreeText()}");

        await using var scu = await MoveAsync(1, scp, "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Contains($"{Progress(0, 100, 0)}: A702H, refused: unable to perform sub-operations", scu.Lines);
        Assert.Contains($"{Failed}: not sent", scu.Lines);
    }

    [Fact]
    public async Task QueryRetrieveScp_DestinationAbortsInTheMidst_TheRestFails()
    {
        _archive.MakeSeries(1, 1, 10);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "--abort-after");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        await using var scu = await MoveAsync(1, scp, "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Contains($"{Progress(0, 10, 0)}: A702H, refused: unable to perform sub-operations", scu.Lines);
    }

    [Fact]
    public async Task QueryRetrieveScp_Point56_NothingMatches_CallsNobody()
    {
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"));
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        await using var scu = await MoveAsync(0, scp, "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Contains($"{Progress(0, 0, 0)}: 0000H, success", scu.Lines);
        Assert.DoesNotContain("Association Received", storescp.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryRetrieveScp_DestinationThatItDoesNotKnow_IsRefused()
    {
        _archive.MakeSeries(1, 1, 1);
        await using var scp = await _archive.StartAsync();

        await using var scu = await MoveAsync(1, scp, "STUDY", "StudyInstanceUID=1.2.3.1");

        Assert.Contains($"{Progress(0, 0, 0)}: A801H, refused: move destination unknown", scu.Lines);
        Assert.Contains("The peer says: no such destination", scu.Lines);
    }

    [Fact]
    public async Task QueryRetrieveScp_Point54_MovescuCancelsInTheMidst_StopsSending()
    {
        _archive.MakeSeries(1, 1, 10);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "--sleep-after", "1");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        await using var movescu = await MovescuAsync(0, scp, "-S", "STUDY", "StudyInstanceUID=1.2.3.1", "--cancel", "1");

        Assert.Contains("Received Final Move Response (Cancel", movescu.Output, StringComparison.Ordinal);
        Assert.InRange(Directory.GetFiles(_folder.PathOf("moved")).Length, 1, 9);
    }

    [Fact]
    public async Task QueryRetrieveScp_Point58_NamesWhoWantsItMoved()
    {
        _archive.MakeSeries(1, 1, 1);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("moved"), "-d");
        await using var scp = await _archive.StartAsync("--destination", $"DEST=127.0.0.1:{storescp.Port}");

        await using var movescu = await MovescuAsync(
            0, scp, "-S", "STUDY", "StudyInstanceUID=1.2.3.1", "-aet", "WORKSTATION", "-aec", "OURS");

        await storescp.Process.LineAsync(line => IsField(line, "Move Originator AE Title", "WORKSTATION"));
        await storescp.Process.LineAsync(line => IsField(line, "Move Originator ID", "1"));
        await storescp.Process.LineAsync(line => IsField(line, "Calling Application Name", "OURS"));
        await storescp.Process.LineAsync(line => IsField(line, "Called Application Name", "DEST"));
    }

    [Fact]
    public async Task MoveScu_ReceivingItself_KeepsWhatComes()
    {
        var files = _archive.MakeSeries(1, 1, 20);
        var port = ForeignPort.FreeText();
        await using var scp = await _archive.StartAsync("--destination", $"DICOMNET=127.0.0.1:{port}");
        await using var scu = Sample.Start(
            "MoveScu", "127.0.0.1", scp.Port, "--ip", "4", "--receive", port, "--out", _folder.PathOf("moved"),
            "-k", "StudyInstanceUID=1.2.3.1");

        await scu.ExitAsync(0);

        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("moved")));
    }

    // DCMTK names a file by its instance, with the modality before.
    private static bool IsOf(string received, string file) =>
        received.EndsWith(Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal);

    private static string Progress(int sent, int failed, int remaining) =>
        $"{sent} sent, {failed} failed, 0 with a warning, {remaining} remaining";

    private static bool IsField(string line, string name, string value) =>
        line.Contains(name, StringComparison.Ordinal) && line[(line.LastIndexOf(':') + 1)..].Trim() == value;

    private static Task<RunningProcess> MovescuAsync(
        int exitCode, SampleScp scp, string model, string level, string key, params string[] options) =>
        Dcmtk.RunAsync(
            exitCode, "movescu",
            ["-v", model, "-aem", "DEST", "-k", $"QueryRetrieveLevel={level}", "-k", key, .. options, "127.0.0.1", scp.Port]);

    private static async Task<RunningProcess> MoveAsync(int exitCode, SampleScp scp, string level, string key)
    {
        var scu = Sample.Start("MoveScu", "127.0.0.1", scp.Port, "--destination", "DEST", "--level", level, "-k", key);
        await scu.ExitAsync(exitCode);
        return scu;
    }
}
