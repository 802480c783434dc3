using Dicom.Net.DataSets;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>C-ECHO and C-STORE, awaited.</summary>
public sealed class AssociationStoreTests
{
    [Fact]
    public async Task EchoAsync_PeerAnswers_IsItsStatus()
    {
        using var listener = TestScp.AcceptingAll();
        await using var association = await TestAssociation.OpenAsync(listener, DicomUids.Verification);

        var response = await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
    }

    [Fact]
    public async Task EchoAsync_PeerFails_ThrowsStatusAndDetail()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CEchoRequestReceived += (_, e) =>
            e.Respond(DicomCommandStatusType.NotAuthorized, new() { ErrorComment = "not today" });
        await using var association = await TestAssociation.OpenAsync(listener, DicomUids.Verification);

        var error = await Assert.ThrowsAsync<DicomStatusException>(
            () => association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout());

        Assert.Equal((DicomExceptionCode.OperationFailed, DicomCommandStatusType.NotAuthorized), (error.Code, error.Status));
        Assert.Equal("not today", error.Detail.ErrorComment);
        Assert.Equal("The C-ECHO was answered with status 0124H (NotAuthorized). The peer says: not today", error.Message);
        Assert.True(association.IsOpen);
    }

    [Fact]
    public async Task EchoAsync_PeerFailsAndFailuresAreReturned_IsItsStatus()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CEchoRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.NotAuthorized);
        await using var association = await TestAssociation.OpenAsync(
            listener, TestAssociation.Request(DicomUids.Verification), new() { ThrowsOnFailure = false });

        var response = await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomCommandStatusType.NotAuthorized, response.Status);
    }

    [Fact]
    public async Task EchoAsync_CancelledBefore_SendsNothingAndTheAssociationStands()
    {
        var asked = 0;
        using var listener = TestScp.AcceptingAll();
        listener.CEchoRequestReceived += (_, _) => Interlocked.Increment(ref asked);
        await using var association = await TestAssociation.OpenAsync(listener, DicomUids.Verification);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => association.EchoAsync(new CancellationToken(canceled: true)).WithTimeout());
        await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task StoreAsync_TheDataSetCannotBeRead_TheAssociationCanBeReleased()
    {
        using var listener = TestScp.AcceptingAll();
        await using var association = await TestAssociation.OpenAsync(
            listener, new DicomAssociationRequest("SCU", "SCP").With(TestInstance.SopClass, DicomUids.ImplicitVRLittleEndian));
        using var unreadable = UnreadableDataSet.Create(DicomUids.ExplicitVRLittleEndian);
        var context = association.FindContext(new(TestInstance.SopClass, DicomUids.ExplicitVRLittleEndian));

        await Assert.ThrowsAsync<IOException>(() => association.StoreAsync(
            context, TestInstance.SopClass, TestInstance.Uid, unreadable, null, null, TestContext.Current.CancellationToken).WithTimeout());

        await association.ReleaseAsync(TestContext.Current.CancellationToken).WithTimeout();
    }

    [Fact]
    public async Task EchoAsync_NotProposed_SaysWhatToDo()
    {
        using var listener = TestScp.AcceptingAll();
        await using var association = await TestAssociation.OpenAsync(listener, DicomUids.CTImageStorage);

        var error = Assert.Throws<DicomException>(() => { _ = association.EchoAsync(TestContext.Current.CancellationToken); });

        Assert.Equal(DicomExceptionCode.PresentationContext, error.Code);
        Assert.Contains("was not proposed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreAsync_EachKindOfSource_ArrivesBitForBit()
    {
        using var folder = new TestFolder();
        using var listener = TestScp.AcceptingAll();
        var received = new List<byte[]>();
        listener.CStoreRequestReceived += (_, e) =>
        {
            received.Add(TestInstance.Encoded(e.DataSet!));
            e.Respond(DicomCommandStatusType.Success);
        };
        using var instance = TestInstance.Create(300_000);
        var bytes = TestInstance.Encoded(instance);
        instance.Save(folder.File("a.dcm"));
        using var file = File.OpenRead(folder.File("a.dcm"));
        using var raw = new MemoryStream([1, 2, 3, .. bytes]) { Position = 3 };
        await using var association = await TestAssociation.OpenAsync(
            listener, new DicomAssociationRequest("SCU", "SCP").With(TestInstance.SopClass, DicomUids.ImplicitVRLittleEndian));

        await association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
        await association.StoreAsync(folder.File("a.dcm"), cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
        await association.StoreAsync(file, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
        await association.StoreAsync(
            raw, DicomUids.ImplicitVRLittleEndian, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(4, received.Count);
        Assert.All(received, one => Assert.Equal(bytes, one));
    }

    [Fact]
    public async Task StoreAsync_WithProgress_TellsEveryByteOnce()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        using var instance = TestInstance.Create(500_000);
        var progress = new Progress();
        await using var association = await TestAssociation.OpenAsync(listener, TestInstance.SopClass);

        await association.StoreAsync(instance, progress, TestContext.Current.CancellationToken).WithTimeout();

        Assert.True(progress.Told.Count > 1);
        Assert.Equal(progress.Told.Order().Distinct(), progress.Told);
        Assert.True(progress.Told[^1] >= 500_000);
    }

    [Fact]
    public async Task StoreAsync_ProgressThrows_SendsAllTheSame()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        using var instance = TestInstance.Create();
        await using var association = await TestAssociation.OpenAsync(listener, TestInstance.SopClass);

        var response = await association.StoreAsync(
            instance, new Progress(static () => throw new NotSupportedException()), TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
    }

    [Fact]
    public async Task StoreAsync_PeerWarns_IsReturned()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.CoercionOfDataElements);
        using var instance = TestInstance.Create();
        await using var association = await TestAssociation.OpenAsync(listener, TestInstance.SopClass);

        var response = await association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomCommandStatusType.CoercionOfDataElements, response.Status);
    }

    [Fact]
    public async Task StoreAsync_ForAMove_NamesItsOriginator()
    {
        using var listener = TestScp.AcceptingAll();
        var originator = ("", 0);
        listener.CStoreRequestReceived += (_, e) =>
        {
            originator = (e.MoveAE, e.MoveMessageID);
            e.Respond(DicomCommandStatusType.Success);
        };
        using var instance = TestInstance.Create();
        await using var association = await TestAssociation.OpenAsync(listener, TestInstance.SopClass);

        await association.StoreAsync(
            instance, new DicomMoveOriginator("ASKED", 42), cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(("ASKED", 42), originator);
    }

    [Theory]
    [InlineData(DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian)]
    [InlineData(DicomUids.JpegBaseline8Bit, DicomUids.ImplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian)]
    public async Task StoreAsync_SeveralContexts_TakesTheBestForTheTransferSyntax(string first, string second, string expected)
    {
        using var listener = TestScp.AcceptingAll();
        var used = "";
        listener.CStoreRequestReceived += (_, e) =>
        {
            used = e.DataSet!.TransferSyntax;
            e.Respond(DicomCommandStatusType.Success);
        };
        using var instance = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        instance.Set(DicomTag.SOPClassUID, TestInstance.SopClass);
        instance.Set(DicomTag.SOPInstanceUID, TestInstance.Uid);
        await using var association = await TestAssociation.OpenAsync(
            listener, new DicomAssociationRequest("SCU", "SCP").With(TestInstance.SopClass, first).With(TestInstance.SopClass, second));

        await association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(expected, used);
    }

    [Fact]
    public async Task StoreAsync_NoContextForTheTransferSyntax_SaysSoAndTheAssociationStands()
    {
        using var listener = TestScp.AcceptingAll();
        using var instance = TestInstance.Create();
        await using var association = await TestAssociation.OpenAsync(
            listener, new DicomAssociationRequest("SCU", "SCP").With(TestInstance.SopClass, DicomUids.JpegBaseline8Bit));

        var error = await Assert.ThrowsAsync<DicomException>(
            () => association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken).WithTimeout());

        Assert.Equal(DicomExceptionCode.PresentationContext, error.Code);
        Assert.True(association.IsOpen);
    }

    [Fact]
    public async Task StoreAsync_AStreamAndThePeerAnswersBeforeTheEnd_AllIsSentAndTheAssociationStands()
    {
        using var listener = TestScp.AcceptingAll();
        var received = 0L;
        listener.DataStarting += (sender, e) =>
        {
            using var early = new DicomDataSet(
                EncodedDataSet.FromMemory(
                    CommandSet.CStoreRsp(1, TestInstance.SopClass, TestInstance.Uid, DicomCommandStatusType.OutOfResources).Encode(),
                    DicomUids.ImplicitVRLittleEndian),
                meta: null);
            ((DicomNet)sender!).SendData(e.PresentationID, early, null).ThrowIfFailed();
        };
        listener.CStoreRequestReceived += (_, e) => Interlocked.Exchange(ref received, TestInstance.Encoded(e.DataSet!).Length);
        using var instance = TestInstance.Create(8_000_000);
        var bytes = TestInstance.Encoded(instance);
        using var stream = new MemoryStream(bytes);
        await using var association = await TestAssociation.OpenAsync(
            listener, TestAssociation.Request(DicomUids.Verification).With(TestInstance.SopClass, DicomUids.ImplicitVRLittleEndian));

        await Assert.ThrowsAsync<DicomStatusException>(() => association.StoreAsync(
            stream, DicomUids.ImplicitVRLittleEndian, cancellationToken: TestContext.Current.CancellationToken).WithTimeout());

        await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();
        Assert.Equal(bytes.Length, Interlocked.Read(ref received));
    }

    [Fact]
    public async Task StoreAsync_StreamThatCannotSeek_SaysWhatToDo()
    {
        using var listener = TestScp.AcceptingAll();
        await using var association = await TestAssociation.OpenAsync(listener, TestInstance.SopClass);
        using var stream = new System.IO.Compression.DeflateStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);

        await Assert.ThrowsAsync<ArgumentException>(
            () => association.StoreAsync(stream, cancellationToken: TestContext.Current.CancellationToken).WithTimeout());
    }

    [Fact]
    public async Task StoreAsync_ManyAtOnceWithinAWindow_AreAllAnswered()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) => e.Accept(new DicomSupportedServices(new DicomSupportedService(_ => true))
        {
            InvokedOperationsCount = 4,
        });
        var open = new List<DicomCStoreRequestEventArgs>();
        listener.CStoreRequestReceived += (_, e) =>
        {
            // In fours, and the last one first: who answers in order would pass without a window.
            e.Handled = true;
            open.Add(e);
            if (open.Count == 4)
            {
                open.Reverse();
                open.ForEach(request => request.Respond(DicomCommandStatusType.Success).ThrowIfFailed());
                open.Clear();
            }
        };
        TestScp.Listening(listener);
        using var instance = TestInstance.Create();
        await using var association = await TestAssociation.OpenAsync(
            listener, TestAssociation.Request(TestInstance.SopClass).WithAsynchronousOperations(4));

        var responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken))).WithTimeout();

        Assert.All(responses, response => Assert.Equal(DicomCommandStatusType.Success, response.Status));
    }

    private sealed class Progress(Action? afterwards = null) : IProgress<long>
    {
        public List<long> Told { get; } = [];

        public void Report(long value)
        {
            Told.Add(value);
            afterwards?.Invoke();
        }
    }
}
