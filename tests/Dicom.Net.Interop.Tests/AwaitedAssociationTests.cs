using System.Collections.Concurrent;
using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary><see cref="DicomAssociation"/>, the sender of files and the pool, with DCMTK's archive, worklist and storescp.</summary>
public sealed class AwaitedAssociationTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dcmqrscp_StoredFoundMovedAndGot_IsTheSameBitForBit()
    {
        using var receiver = new DicomNet(null, DicomNetSecurityMode.None);
        receiver.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        receiver.CStoreRequestReceived += (_, e) => e.Respond(Keep(e.DataSet!, e.Instance, "moved"));
        receiver.Listen("127.0.0.1", 0, 8).ThrowIfFailed();
        var port = receiver.HostPort.ToString(CultureInfo.InvariantCulture);
        await using var archive = await Dcmqrscp.StartAsync(_folder, ("RECEIVER", port));
        var files = new ArchiveFolder(_folder).MakeSeries(1, 1, 5);
        await StoreAsync(archive, files);
        await using var association = await OpenAsync(archive.Port, Request()
            .With(DicomUids.Verification).With(DicomUids.StudyRootFind).With(DicomUids.StudyRootMove).With(DicomUids.StudyRootGet)
            .WithProviderRole(DicomUids.SecondaryCaptureImageStorage));
        using var keys = Study();
        var progress = new Progress();

        var echoed = await association.EchoAsync(None).WithTimeout();
        var found = await FindAsync(association).WithTimeout();
        var moved = await association.MoveAsync(DicomUids.StudyRootMove, "RECEIVER", keys, progress, None).WithTimeout();
        var got = await association.GetAsync(
            DicomUids.StudyRootGet, keys, (instance, _) => new(Keep(instance.DataSet, instance.Instance, "got")), progress, None).WithTimeout();
        await association.ReleaseAsync(None).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, echoed.Status);
        Assert.Equal(["1.2.3.1"], found);
        Assert.Equal((5, 5), (moved.SubOperations.Completed, got.SubOperations.Completed));
        Assert.NotEmpty(progress.Told);
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("moved")));
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("got")));
    }

    [Fact]
    public async Task Dcmqrscp_GetIsCancelledInTheMidst_StopsAndTheAssociationGoesOn()
    {
        await using var archive = await Dcmqrscp.StartAsync(_folder);
        await StoreAsync(archive, new ArchiveFolder(_folder).MakeSeries(1, 1, 30));
        await using var association = await OpenAsync(archive.Port, Request()
            .With(DicomUids.Verification).With(DicomUids.StudyRootGet).WithProviderRole(DicomUids.SecondaryCaptureImageStorage));
        using var keys = Study();
        using var cancelling = new CancellationTokenSource();
        var calls = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => association.GetAsync(
            DicomUids.StudyRootGet,
            keys,
            async (_, cancelled) =>
            {
                calls++;
                await cancelling.CancelAsync();
                await Timeouts.UntilAsync(() => cancelled.IsCancellationRequested, "the function is told");
                return DicomCommandStatusType.Success;
            },
            cancellationToken: cancelling.Token).WithTimeout());

        Assert.Equal(1, calls);
        Assert.Equal(DicomCommandStatusType.Success, (await association.EchoAsync(None).WithTimeout()).Status);
    }

    [Fact]
    public async Task Wlmscpfs_FindIsLeftInTheMidst_StopsAndTheAssociationGoesOn()
    {
        MakeWorklist(entries: 20);
        await using var worklist = await ForeignScp.StartAsync(port => new(
            Require.Dcmtk("wlmscpfs"), ["-v", "-dfp", _folder.PathOf("wlm"), "-dfr", "--sleep-during", "1", port]));
        await using var association = await OpenAsync(
            worklist.Port, Request().With(DicomUids.Verification).With(DicomUids.ModalityWorklistFind));
        using var keys = new DicomDataSet();
        keys.Set(DicomTag.PatientName, "*");
        var found = association.FindAsync(DicomUids.ModalityWorklistFind, keys, None);

        await foreach (var match in found)
        {
            Assert.Equal("Doe^Jane", match.GetString(DicomTag.PatientName));
            break;
        }

        Assert.Equal(DicomCommandStatusType.Cancel, found.Response!.Status);
        Assert.Equal(DicomCommandStatusType.Success, (await association.EchoAsync(None).WithTimeout()).Status);
    }

    [Fact]
    public async Task Storescp_Rejects_IsAnExceptionThatSaysWhy()
    {
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--refuse");

        var error = await Assert.ThrowsAsync<DicomAssociateRejectException>(
            () => OpenAsync(storescp.Port, Request().With(DicomUids.Verification)));

        Assert.Equal(DicomAssociateRejectSourceType.User, error.RejectSource);
    }

    [Fact]
    public async Task Storescp_AbortsInTheMidst_IsAnExceptionThatSaysWho()
    {
        var file = Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3.1", pixelBytes: 500_000);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--abort-during");
        await using var association = await OpenAsync(storescp.Port, Request().With(DicomUids.SecondaryCaptureImageStorage));

        var error = await Assert.ThrowsAsync<DicomAbortException>(
            () => association.StoreAsync(file, cancellationToken: None).WithTimeout());

        Assert.False(error.IsByThisSide);
        Assert.False(association.IsOpen);
    }

    [Fact]
    public async Task Storescp_DoesNotAnswerInTime_IsAnExceptionThatSaysWhichLimit()
    {
        var file = Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3.1");
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--sleep-during", "5");
        await using var association = await OpenAsync(
            storescp.Port,
            Request().With(DicomUids.SecondaryCaptureImageStorage),
            new() { Network = new() { ResponseTimeout = TimeSpan.FromMilliseconds(300) } });

        var error = await Assert.ThrowsAsync<DicomException>(
            () => association.StoreAsync(file, cancellationToken: None).WithTimeout());

        Assert.Equal(DicomExceptionCode.NetResponseTimeout, error.Code);
    }

    [Fact]
    public async Task Storescp_FilesFromAPool_AreStoredOnOneAssociation()
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 10);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), "--bit-preserving");
        await using (var pool = new DicomAssociationPool())
        {
            var request = Request().With(DicomUids.SecondaryCaptureImageStorage);
            foreach (var file in files)
            {
                await using var lent = await pool.RentAsync("127.0.0.1", PortOf(storescp.Port), request, None).WithTimeout();
                await lent.Association.StoreAsync(file, cancellationToken: None).WithTimeout();
            }
        }

        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("kept")));
        await storescp.Process.LineAsync(line => line.Contains("Association Release", StringComparison.Ordinal));
        Assert.Single(storescp.Process.Lines, line => line.Contains("Association Received", StringComparison.Ordinal));
    }

    private static DicomAssociationRequest Request() => new("AWAITING", Dcmqrscp.Title);

    private static int PortOf(string port) => int.Parse(port, CultureInfo.InvariantCulture);

    private static DicomDataSet Study()
    {
        var keys = new DicomDataSet();
        keys.Set(DicomTag.QueryRetrieveLevel, "STUDY");
        keys.Set(DicomTag.StudyInstanceUID, "1.2.3.1");
        return keys;
    }

    private static Task<DicomAssociation> OpenAsync(
        string port, DicomAssociationRequest request, DicomAssociationOptions? options = null) =>
        DicomAssociation.OpenAsync("127.0.0.1", PortOf(port), request, options).WithTimeout();

    private static async Task<List<string?>> FindAsync(DicomAssociation association)
    {
        using var keys = Study();
        var found = new List<string?>();
        await foreach (var match in association.FindAsync(DicomUids.StudyRootFind, keys))
        {
            found.Add(match.GetString(DicomTag.StudyInstanceUID));
        }

        return found;
    }

    private static async Task StoreAsync(Dcmqrscp archive, string[] files)
    {
        var sender = new DicomFileSender("127.0.0.1", PortOf(archive.Port), Request());
        await foreach (var file in sender.SendAsync(files))
        {
            Assert.True(file.IsStored, $"{file}");
        }
    }

    private DicomCommandStatusType Keep(DicomDataSet dataSet, string instance, string folder)
    {
        dataSet.Save(Path.Combine(_folder.Sub(folder), $"{instance}.dcm"), flushToDisk: false);
        return DicomCommandStatusType.Success;
    }

    private void MakeWorklist(int entries)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Sub("wlm"), Dcmqrscp.Title)).FullName;
        File.WriteAllText(Path.Combine(folder, "lockfile"), "");
        for (var number = 1; number <= entries; number++)
        {
            using var step = new DicomDataSet();
            step.Set(DicomTag.Modality, "CT");
            step.Set(DicomTag.ScheduledProcedureStepStartDate, "20260101");
            using var entry = new DicomDataSet();
            entry.Set(DicomTag.SOPClassUID, DicomUids.ModalityWorklistFind);
            entry.Set(DicomTag.SOPInstanceUID, $"1.2.3.{number}");
            entry.Set(DicomTag.PatientName, "Doe^Jane");
            entry.Set(DicomTag.PatientID, $"P{number}");
            entry.SetItems(DicomTag.ScheduledProcedureStepSequence, step);
            entry.Save(Path.Combine(folder, $"{number}.wl"), flushToDisk: false);
        }
    }

    private sealed class Progress : IProgress<DicomSubOperations>
    {
        public ConcurrentQueue<DicomSubOperations> Told { get; } = new();

        public void Report(DicomSubOperations value) => Told.Enqueue(value);
    }
}
