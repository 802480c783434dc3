using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>DCMTK's findscu asks QueryRetrieveScp.</summary>
public sealed class FindTests : IDisposable
{
    // Of the answers, in bytes, enough for a long match or two, and then no more until the archive has been told to stop. Arbitrary.
    private const long FirstMatches = 32 * 1024;

    private readonly TestFolder _folder = new();
    private readonly ArchiveFolder _archive;

    public FindTests() => _archive = new(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-P", "PATIENT", 2)]
    [InlineData("-P", "STUDY", 2)]
    [InlineData("-P", "SERIES", 3)]
    [InlineData("-P", "IMAGE", 9)]
    [InlineData("-S", "STUDY", 2)]
    [InlineData("-S", "SERIES", 3)]
    [InlineData("-S", "IMAGE", 9)]
    public async Task QueryRetrieveScp_FindscuAsksEachLevel_TellsItsEntities(string model, string level, int expected)
    {
        MakeTwoStudies();
        await using var scp = await _archive.StartAsync();

        var matches = await FindAsync(
            scp, model, level, "PatientName=*", "PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID");

        Assert.Equal(expected, matches.Length);
        Assert.All(matches, match => Assert.Equal(
            (level, "ANY-SCP"), (match.GetString(DicomTag.QueryRetrieveLevel), match.GetString(DicomTag.RetrieveAETitle))));
    }

    [Theory]
    [InlineData("PatientName=interop^patient1", 1)]
    [InlineData("PatientName=INTEROP*", 2)]
    [InlineData("PatientName=*2", 1)]
    [InlineData("PatientID=p-1", 0)]
    [InlineData("PatientID=P-?", 2)]
    [InlineData("StudyDate=20240102-", 1)]
    [InlineData("StudyDate=-20240131", 2)]
    [InlineData("StudyDate=20240102", 1)]
    [InlineData("StudyInstanceUID=1.2.3.1\\1.2.3.2\\1.2.3.3", 2)]
    [InlineData("ModalitiesInStudy=MR", 1)]
    public async Task QueryRetrieveScp_FindscuAsksForKeys_TellsWhatMatches(string key, int expected)
    {
        MakeTwoStudies();
        await using var scp = await _archive.StartAsync();

        var matches = await FindAsync(scp, "-S", "STUDY", key);

        Assert.Equal(expected, matches.Length);
    }

    [Fact]
    public async Task QueryRetrieveScp_FindscuAsksWhatIsCounted_IsToldRight()
    {
        MakeTwoStudies();
        await using var scp = await _archive.StartAsync();

        var matches = await FindAsync(
            scp, "-S", "STUDY", "StudyInstanceUID=1.2.3.1", "ModalitiesInStudy", "NumberOfStudyRelatedSeries",
            "NumberOfStudyRelatedInstances");

        var match = Assert.Single(matches);
        Assert.Equal("MR\\OT", match.GetString(DicomTag.ModalitiesInStudy));
        Assert.Equal(
            (2, 5), (match.GetInt32(DicomTag.NumberOfStudyRelatedSeries), match.GetInt32(DicomTag.NumberOfStudyRelatedInstances)));
    }

    [Fact]
    public async Task QueryRetrieveScp_FindscuAsksForLettersBeyondAscii_AreFoundAndToldInItsCharacterSet()
    {
        _archive.MakeSeries(1, 1, 1, (DicomTag.PatientName, "Müller^Änne"));
        await using var scp = await _archive.StartAsync();

        var matches = await FindAsync(scp, "-S", "STUDY", "SpecificCharacterSet=ISO_IR 192", "PatientName=MÜLLER*");

        Assert.Equal("Müller^Änne", Assert.Single(matches).GetString(DicomTag.PatientName));
    }

    [Fact]
    public async Task QueryRetrieveScp_Point55_KeyThatItDoesNotKnow_IsPendingWithAWarning()
    {
        MakeTwoStudies();
        await using var scp = await _archive.StartAsync();

        await using var findscu = await FindscuAsync(scp.Port, "-S", "STUDY", ["-k", "SliceThickness"]);

        Assert.Equal(2, findscu.Lines.Count(line => line.Contains("(Pending: WarningUnsupportedOptionalKeys)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("-S", "PATIENT", "PatientID")]
    [InlineData("-S", "EVERYTHING", "PatientID")]
    [InlineData("-S", "STUDY", "StudyDate=yesterday")]
    public async Task QueryRetrieveScp_FindscuAsksWhatIsNoQuery_IsRefusedWithAComment(string model, string level, string key)
    {
        MakeTwoStudies();
        await using var scp = await _archive.StartAsync();

        await using var findscu = await FindscuAsync(scp.Port, model, level, ["-k", key, "-d"]);

        Assert.Contains("0xa900", findscu.Output, StringComparison.Ordinal);
        Assert.Contains("(0000,0902) LO", findscu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryRetrieveScp_Point54_FindscuCancelsInTheMidst_EndsThere()
    {
        var keys = MakeManyLongMatches();
        await using var scp = await _archive.StartAsync();
        await using var relay = new Relay(scp.EndPoint, holdAnswersAfter: FirstMatches);
        var findscu = FindscuAsync(PortOf(relay), "-S", "IMAGE", ["--cancel", "1", .. keys.SelectMany(key => new[] { "-k", key })]);

        await scp.Process.LineAsync(line => line.EndsWith("FIND: cancelled", StringComparison.Ordinal));
        relay.Release();

        await using var ended = await findscu;
        var last = ended.Lines.Last(line => line.Contains("Find Response", StringComparison.Ordinal));
        Assert.Contains("Cancel", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindScu_Point54_CancelsInTheMidst_IsToldSo()
    {
        var keys = MakeManyLongMatches();
        await using var scp = await _archive.StartAsync();
        await using var relay = new Relay(scp.EndPoint, holdAnswersAfter: FirstMatches);
        await using var scu = Sample.Start(
            "FindScu", ["127.0.0.1", PortOf(relay), "--level", "IMAGE", "--cancel-after", "1", .. keys.SelectMany(key => new[] { "-k", key })]);

        await scp.Process.LineAsync(line => line.EndsWith("FIND: cancelled", StringComparison.Ordinal));
        relay.Release();

        await scu.ExitAsync(0);
        Assert.Contains(scu.Lines, line => line.EndsWith("matches: FE00H, cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindScu_AsksOurs_PrintsWhatMatches()
    {
        MakeTwoStudies();
        await using var scp = await _archive.StartAsync();
        await using var scu = Sample.Start("FindScu", "127.0.0.1", scp.Port, "-k", "PatientName=*2", "-k", "0020,000D");

        await scu.ExitAsync(0);

        Assert.Contains("PatientName = Interop^Patient2", scu.Lines);
        Assert.Contains("StudyInstanceUID = 1.2.3.2", scu.Lines);
        Assert.Contains("1 matches: 0000H, success", scu.Lines);
    }

    [Fact]
    public async Task FindScu_WhatIsNoQuery_SaysWhatThePeerSays()
    {
        await using var scp = await _archive.StartAsync();
        await using var scu = Sample.Start("FindScu", "127.0.0.1", scp.Port, "-k", "StudyDate=yesterday");

        await scu.ExitAsync(1);

        Assert.Contains(
            "0 matches: A900H, error: data set or identifier does not match SOP class: 'yesterday' is no date", scu.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindScu_WhatIsNoKey_SaysSo()
    {
        await using var scu = Sample.Start("FindScu", "127.0.0.1", "1", "-k", "PatientsNickname=Joe");

        await scu.ExitAsync(1);

        Assert.Contains("PatientsNickname is neither a keyword of PS3.6 nor a tag", scu.Output, StringComparison.Ordinal);
    }

    private void MakeTwoStudies()
    {
        _archive.MakeSeries(1, 1, 3);
        _archive.MakeSeries(1, 2, 2, (DicomTag.Modality, "MR"));
        _archive.MakeSeries(2, 1, 4);
    }

    // 14 MB, more than the archive's end of a connection buffers (4 MB on Linux): while the relay takes no more, the archive cannot be done.
    private string[] MakeManyLongMatches()
    {
        const int instances = 2000;
        string[] keys =
        [
            "StudyDescription", "SeriesDescription", "InstitutionName", "Manufacturer", "ProtocolName", "StationName",
            "ReferringPhysicianName",
        ];
        var values = keys.Select(key => (DicomDictionary.TryGetTag(key, out var tag) ? tag : default, new string('x', 1024)));
        _archive.MakeSeries(1, 1, instances, [.. values]);
        return keys;
    }

    private async Task<DicomDataSet[]> FindAsync(SampleScp scp, string model, string level, params string[] keys)
    {
        var output = _folder.Sub("responses");
        await using var findscu = await FindscuAsync(
            scp.Port, model, level, ["-X", "-od", output, .. keys.SelectMany(key => new[] { "-k", key })]);
        return [.. Directory.GetFiles(output).Select(DicomDataSet.Load)];
    }

    private static Task<RunningProcess> FindscuAsync(string port, string model, string level, string[] options) =>
        Dcmtk.RunAsync(0, "findscu", ["-v", model, "-k", $"QueryRetrieveLevel={level}", .. options, "127.0.0.1", port]);

    private static string PortOf(Relay relay) => relay.Port.ToString(CultureInfo.InvariantCulture);
}
