using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Dicom.Net.Tests.Scu;

/// <summary>Many files, as few associations as do, and no file that stops the others.</summary>
public sealed class DicomFileSenderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SendAsync_FilesAndWhatIsNone_StoresTheOthers()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(
            e.Instance == "1.2.2" ? DicomCommandStatusType.OutOfResources : DicomCommandStatusType.Success);
        await File.WriteAllTextAsync(_folder.File("text"), "no instance", TestContext.Current.CancellationToken);
        string[] paths = [Make("1.2.1"), _folder.File("text"), Make("1.2.2"), _folder.File("missing"), Make("1.2.3")];

        var sent = await SendAsync(listener, paths);

        Assert.Equal(paths.Order(), sent.Keys.Order());
        Assert.Equal([paths[0], paths[4]], sent.Values.Where(file => file.IsStored).Select(file => file.Path).Order());
        Assert.Equal(DicomCommandStatusType.OutOfResources, sent[paths[2]].Response!.Status);
        Assert.IsType<DataSetException>(sent[paths[1]].Error);
        Assert.IsType<FileNotFoundException>(sent[paths[3]].Error);
    }

    [Fact]
    public async Task SendAsync_UidsThatAreNone_FailTheirFilesAndTheOthersAreStored()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        var longest = new string('1', 64);
        string[] bad =
        [
            Make("1.2.1", "no UID"),
            await RewrittenAsync(Make("1.2.2", longest), $"\x08\0\x16\0\x40\0\0\0{longest}", $"\x08\0\x16\0\x42\0\0\0{longest}11"),
            await RewrittenAsync(Make("1.2.3"), "1.2.840.10008.1.2\0", "1.2.840.10008.1.X\0"),
        ];
        string[] good = [Make("1.2.4"), Make("1.2.5")];

        var sent = await SendAsync(listener, [.. bad, .. good]);

        Assert.All(good, path => Assert.True(sent[path].IsStored, sent[path].Error?.Message));
        Assert.All(bad, path => Assert.Contains("is no UID: '", Assert.IsType<DataSetException>(sent[path].Error).Message, StringComparison.Ordinal));
        Assert.Contains("Transfer Syntax UID (0002,0010)", sent[bad[2]].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_PathsThatAreNone_FailAndTheOthersAreStored()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        string[] paths = [Make("1.2.1"), "", "a\0b", Make("1.2.2")];

        var sent = await SendAsync(listener, paths);

        Assert.Equal([paths[0], paths[3]], sent.Values.Where(file => file.IsStored).Select(file => file.Path).Order());
        Assert.IsType<ArgumentException>(sent[""].Error);
        Assert.IsType<ArgumentException>(sent["a\0b"].Error);
    }

    [Fact]
    public async Task SendAsync_RoomForOneContext_SendsEachKindInItsOwnTransferSyntax()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        string[] paths =
        [
            Make("1.2.1", "1.3.1", DicomUids.ExplicitVRLittleEndian),
            Make("1.2.2", "1.3.2", DicomUids.ExplicitVRLittleEndian),
        ];

        var sent = await SendAsync(listener, paths, Proposing(127));

        Assert.Equal(2, sent.Count);
        Assert.All(sent.Values, file => Assert.True(file.IsStored, file.Error?.Message));
    }

    [Fact]
    public async Task SendAsync_RoomForNoContext_SendsWhatTheRequestHasAContextFor()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        string[] paths =
        [
            Make("1.2.1", TestInstance.SopClass, DicomUids.ExplicitVRLittleEndian),
            Make("1.2.2", "1.3.1", DicomUids.ExplicitVRLittleEndian),
            Make("1.2.3"),
        ];

        var sent = await SendAsync(listener, paths, Proposing(127).With(TestInstance.SopClass));

        Assert.Equal(DicomExceptionCode.PresentationContext, Assert.IsType<DicomException>(sent[paths[1]].Error).Code);
        Assert.Equal([paths[0], paths[2]], sent.Values.Where(file => file.IsStored).Select(file => file.Path).Order());
    }

    [Fact]
    public async Task SendAsync_Progress_IsToldOfEachFileToItsEnd()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        string[] paths = [Make("1.2.1"), Make("1.2.2")];
        var told = new ConcurrentQueue<DicomFileProgress>();
        var sender = new DicomFileSender(
            "127.0.0.1", listener.HostPort, new DicomAssociationRequest("SCU", "SCP")) { Progress = new Recorder(told) };

        await foreach (var file in sender.SendAsync(paths, TestContext.Current.CancellationToken))
        {
            Assert.True(file.IsStored);
        }

        Assert.Equal(paths, told.Select(progress => progress.Path).Distinct());
        Assert.All(told.GroupBy(progress => progress.Path), file => Assert.True(file.Last().SentBytes > 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_AFileThatNoContextCanEncode_FailsAndTheOthersAreStoredWatchedOrNot(bool isWatched)
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) => e.Accept(
            new DicomSupportedServices(new DicomSupportedService(_ => true, DicomUids.ImplicitVRLittleEndian)));
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        TestScp.Listening(listener);
        string[] paths = [Make("1.2.1"), await MakeWithFragmentsAsync("1.2.2"), Make("1.2.3")];

        var sent = await SendAsync(listener, paths, progress: isWatched ? new Recorder([]) : null);

        Assert.Equal(paths.Order(), sent.Keys.Order());
        Assert.Equal([paths[0], paths[2]], sent.Values.Where(file => file.IsStored).Select(file => file.Path).Order());
        var failure = Assert.IsType<DicomException>(sent[paths[1]].Error);
        Assert.Equal(DicomExceptionCode.Parameter, failure.Code);
        Assert.Contains("is compressed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_MoreContextsThanAnAssociationHas_UsesSeveral()
    {
        using var listener = TestScp.AcceptingAll();
        var associations = 0;
        listener.AssociateRequestReceived += (_, _) => Interlocked.Increment(ref associations);
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        string[] paths =
        [
            .. Enumerable.Range(1, 130).Select(number => Make(
                string.Create(CultureInfo.InvariantCulture, $"1.2.{number}"),
                string.Create(CultureInfo.InvariantCulture, $"1.3.{number}"))),
        ];

        var sent = await SendAsync(listener, paths);

        Assert.All(sent.Values, file => Assert.True(file.IsStored));
        Assert.Equal(130, sent.Count);
        Assert.Equal(2, associations); // In implicit VR one context for each.
    }

    [Fact]
    public async Task SendAsync_PeerAbortsOverOneFile_SendsTheOthersOnAnotherAssociation()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) =>
        {
            if (e.Instance == "1.2.2")
            {
                e.Handled = true;
                e.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown);
                return;
            }

            e.Respond(DicomCommandStatusType.Success);
        };
        string[] paths = [Make("1.2.1"), Make("1.2.2"), Make("1.2.3"), Make("1.2.4")];

        var sent = await SendAsync(listener, paths);

        Assert.Equal([paths[1]], sent.Values.Where(file => !file.IsStored).Select(file => file.Path));
        Assert.IsType<DicomAbortException>(sent[paths[1]].Error);
    }

    [Fact]
    public async Task SendAsync_PeerAbortsAlways_GivesUp()
    {
        using var listener = TestScp.AcceptingAll();
        var associations = 0;
        listener.AssociateRequestReceived += (_, _) => Interlocked.Increment(ref associations);
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.Handled = true;
            e.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown);
        };
        string[] paths = [.. Enumerable.Range(1, 10).Select(number => Make($"1.2.{number}"))];

        var sent = await SendAsync(listener, paths);

        Assert.Equal(10, sent.Count);
        Assert.All(sent.Values, file => Assert.IsType<DicomAbortException>(file.Error));
        Assert.Equal(3, associations);
    }

    [Fact]
    public async Task SendAsync_PeerRejects_EachFileHasTheReason()
    {
        using var listener = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        string[] paths = [Make("1.2.1"), Make("1.2.2")];

        var sent = await SendAsync(listener, paths);

        Assert.All(sent.Values, file => Assert.IsType<DicomAssociateRejectException>(file.Error));
    }

    [Fact]
    public async Task SendAsync_WithAWindow_HasSeveralUnderWay()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) => e.Accept(new DicomSupportedServices(new DicomSupportedService(_ => true))
        {
            InvokedOperationsCount = 3,
        });
        var open = new List<DicomCStoreRequestEventArgs>();
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.Handled = true;
            open.Add(e);
            if (open.Count == 3)
            {
                open.ForEach(request => request.Respond(DicomCommandStatusType.Success).ThrowIfFailed());
                open.Clear();
            }
        };
        TestScp.Listening(listener);
        string[] paths = [.. Enumerable.Range(1, 3).Select(number => Make($"1.2.{number}"))];

        var sent = await SendAsync(listener, paths, new DicomAssociationRequest("SCU", "SCP").WithAsynchronousOperations(8));

        Assert.All(sent.Values, file => Assert.True(file.IsStored));
    }

    private static async Task<Dictionary<string, DicomSentFile>> SendAsync(
        DicomNet listener, string[] paths, DicomAssociationRequest? request = null, IProgress<DicomFileProgress>? progress = null)
    {
        var sender = new DicomFileSender("127.0.0.1", listener.HostPort, request ?? new("SCU", "SCP")) { Progress = progress };
        var sent = new Dictionary<string, DicomSentFile>();
        await foreach (var file in sender.SendAsync(paths, TestContext.Current.CancellationToken))
        {
            sent.Add(file.Path, file);
        }

        return sent;
    }

    /// <summary>Has so many contexts already, none of which is for any file.</summary>
    private static DicomAssociationRequest Proposing(int count) => Enumerable.Range(1, count).Aggregate(
        new DicomAssociationRequest("SCU", "SCP"),
        (request, number) => request.With(string.Create(CultureInfo.InvariantCulture, $"1.4.{number}")));

    /// <summary>A file with other bytes in the place of some.</summary>
    private static async Task<string> RewrittenAsync(string path, string bytes, string others)
    {
        var file = await File.ReadAllTextAsync(path, Encoding.Latin1, TestContext.Current.CancellationToken);
        Assert.Contains(bytes, file, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            path, file.Replace(bytes, others, StringComparison.Ordinal), Encoding.Latin1, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>A file with fragments of Pixel Data (PS3.5 §A.4), whose transfer syntax says that it has none.</summary>
    private async Task<string> MakeWithFragmentsAsync(string instance)
    {
        const string noFragment = "\xFE\xFF\0\xE0\0\0\0\0\xFE\xFF\xDD\xE0\0\0\0\0";
        using var dataSet = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        dataSet.Set(DicomTag.SOPClassUID, TestInstance.SopClass);
        dataSet.Set(DicomTag.SOPInstanceUID, instance);
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OB, Encoding.Latin1.GetBytes(noFragment));
        dataSet.Save(_folder.File(instance));
        return await RewrittenAsync(_folder.File(instance), $"OB\0\0\x10\0\0\0{noFragment}", $"OB\0\0\xFF\xFF\xFF\xFF{noFragment}");
    }

    private string Make(
        string instance, string sopClass = TestInstance.SopClass, string transferSyntax = DicomUids.ImplicitVRLittleEndian)
    {
        using var dataSet = new DicomDataSet(transferSyntax);
        dataSet.Set(DicomTag.SOPClassUID, sopClass);
        dataSet.Set(DicomTag.SOPInstanceUID, instance);
        dataSet.Save(_folder.File(instance));
        return _folder.File(instance);
    }

    private sealed class Recorder(ConcurrentQueue<DicomFileProgress> told) : IProgress<DicomFileProgress>
    {
        public void Report(DicomFileProgress value) => told.Enqueue(value);
    }
}
