using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-GET: DCMTK's getscu and GetScu get instances of QueryRetrieveScp.</summary>
public sealed class GetTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ArchiveFolder _archive;

    public GetTests() => _archive = new(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-S", "STUDY", "StudyInstanceUID=1.2.3.1", 5)]
    [InlineData("-S", "SERIES", "SeriesInstanceUID=1.2.3.1.1", 3)]
    [InlineData("-P", "PATIENT", "PatientID=P-2", 2)]
    public async Task QueryRetrieveScp_GetscuGetsEachLevel_ArrivesBitForBit(string model, string level, string key, int expected)
    {
        string[] files = [.. _archive.MakeSeries(1, 1, 3), .. _archive.MakeSeries(1, 2, 2), .. _archive.MakeSeries(2, 1, 2)];
        var output = _folder.Sub("got");
        await using var scp = await _archive.StartAsync();

        await using var getscu = await Dcmtk.RunAsync(
            0, "getscu", "-v", "+B", "-od", output, model, "-k", $"QueryRetrieveLevel={level}", "-k", key, "127.0.0.1", scp.Port);

        var got = Directory.GetFiles(output);
        Assert.Equal(expected, got.Length);
        Part10.AssertSameDataSets([.. files.Where(file => got.Any(one => IsOf(one, file)))], got);
    }

    [Fact]
    public async Task GetScu_SampleFilesOfOurs_ArriveBitForBit()
    {
        var files = SampleFiles.Sendable;
        await using var scp = await _archive.StartAsync();
        await using (var storeScu = Sample.Start("StoreScu", ["127.0.0.1", scp.Port, .. files]))
        {
            await storeScu.ExitAsync();
        }

        var kept = _archive.Files;
        Assert.NotEmpty(kept);
        foreach (var sameSyntax in kept.GroupBy(TransferSyntaxOf))
        {
            await GetAsync(scp, sameSyntax.Key, [.. sameSyntax]);
        }

        Part10.AssertSameDataSets(kept, Directory.GetFiles(_folder.PathOf("got")));
    }

    [Fact]
    public async Task GetScu_Point29_ClassThatItDoesNotAskFor_FailsAndIsNamed()
    {
        _archive.MakeSeries(1, 1, 3);
        _archive.MakeSeries(1, 2, 2, (DicomTag.SOPClassUID, DicomUids.CTImageStorage));
        await using var scp = await _archive.StartAsync();
        await using var scu = Sample.Start(
            "GetScu", "127.0.0.1", scp.Port, "--out", _folder.PathOf("got"), "--class", DicomUids.CTImageStorage,
            "-k", "StudyInstanceUID=1.2.3.1");

        await scu.ExitAsync(1);

        Assert.Contains("2 instances kept", scu.Lines);
        Assert.Contains(
            scu.Lines, line => line.StartsWith("2 sent, 3 failed, 0 with a warning, 0 remaining: B000H", StringComparison.Ordinal));
        Assert.Equal(3, scu.Lines.Count(line => line.EndsWith(": not sent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task QueryRetrieveScp_Point54_GetIsCancelledInTheMidst_StopsSending()
    {
        _archive.MakeSeries(1, 1, 10);
        await using var scp = await _archive.StartAsync();
        using var scu = new DicomNet(null, DicomNetSecurityMode.None);
        var request = new DicomAssociate(request: true) { Called = "OURS", Calling = "THEIRS" };
        var context = request.Propose(DicomUids.StudyRootGet);
        var storage = request.Propose(DicomUids.SecondaryCaptureImageStorage, DicomUids.ExplicitVRLittleEndian);
        request.SetRoleSelect(storage, enabled: true, DicomRoleSupport.Unsupported, DicomRoleSupport.Supported);
        using var identifier = new DicomDataSet();
        identifier.Set(DicomTag.QueryRetrieveLevel, "STUDY");
        identifier.Set(DicomTag.StudyInstanceUID, "1.2.3.1");
        var final = new TaskCompletionSource<DicomCGetResponseEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        scu.Connected += (_, _) => scu.SendAssociateRequest(request);
        scu.AssociateAcceptReceived += (_, _) => scu.SendCGetRequest(
            context, 77, DicomUids.StudyRootGet, DicomCommandPriorityType.Medium, identifier);
        scu.CStoreRequestReceived += (_, store) =>
        {
            // Sent before the answer that the archive waits for: it sees it in time.
            scu.SendCCancelRequest(context, 77);
            store.Respond(DicomCommandStatusType.Success);
        };
        scu.CGetResponseReceived += (_, response) =>
        {
            if (!response.Status.IsPending())
            {
                final.TrySetResult(response);
            }
        };

        scu.Connect(null, 0, "127.0.0.1", scp.EndPoint.Port).ThrowIfFailed();

        var last = await final.Task.WithTimeout();
        Assert.Equal((DicomCommandStatusType.Cancel, 9, 1, 0), (last.Status, last.Remaining, last.Completed, last.Failed));
    }

    // DCMTK names a file by its instance, with the modality before.
    private static bool IsOf(string received, string file) =>
        received.EndsWith(Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal);

    private static string TransferSyntaxOf(string file)
    {
        using var dataSet = DicomDataSet.Load(file);
        return dataSet.TransferSyntax;
    }

    private async Task GetAsync(SampleScp scp, string transferSyntax, string[] files)
    {
        var dataSets = files.Select(DicomDataSet.Load).ToArray();
        var instances = string.Join('\\', dataSets.Select(dataSet => dataSet.GetString(DicomTag.SOPInstanceUID)));
        var sopClasses = dataSets.Select(dataSet => dataSet.GetString(DicomTag.SOPClassUID)!).Distinct().ToArray();
        Array.ForEach(dataSets, dataSet => dataSet.Dispose());
        await using var scu = Sample.Start(
            "GetScu",
            [
                "127.0.0.1", scp.Port, "--out", _folder.PathOf("got"), "--level", "IMAGE", "-k", $"SOPInstanceUID={instances}",
                "--transfer", transferSyntax, .. sopClasses.SelectMany(uid => new[] { "--class", uid }),
            ]);
        await scu.ExitAsync(0);
    }
}
