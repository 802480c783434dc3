using System.Buffers.Binary;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>Received data sets: where they lie, how long they live, what is left of them.</summary>
public sealed class DicomNetDataSetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public async Task DataSet_UntilTheAnswer_LivesAndThenIsDisposedOf(int memoryThreshold)
    {
        DicomDataSet? received = null;
        string? nameBefore = null;
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = memoryThreshold }, _folder.Path);
        listener.CStoreRequestReceived += (_, e) =>
        {
            received = e.DataSet;
            nameBefore = e.DataSet!.GetString(DicomTag.PatientName);
            e.Respond(DicomCommandStatusType.Success);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
        await scu.EchoAsync(); // The callback of the C-STORE is over.

        Assert.Equal("Test^Facade", nameBefore);
        Assert.Throws<ObjectDisposedException>(() => received!.GetString(DicomTag.PatientName));
        Assert.Throws<ObjectDisposedException>(() => received!.Save(_folder.File("late.dcm")));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Save_SpooledDataSet_RenamesItsFile()
    {
        var spooled = "";
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, _folder.Path);
        listener.CStoreRequestReceived += (_, e) =>
        {
            spooled = Assert.Single(_folder.Files);
            e.DataSet!.Save(_folder.File("saved.dcm"));
            e.Respond(DicomCommandStatusType.Success);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create(pixelBytes: 300_000); // arbitrary: more than one PDU

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));

        Assert.EndsWith(".part", spooled, StringComparison.Ordinal);
        Assert.Equal(_folder.File("saved.dcm"), Assert.Single(_folder.Files));
        AssertSaved(instance, _folder.File("saved.dcm"));
    }

    [Fact]
    public async Task Save_DataSetBelowTheThreshold_WritesWhatNeverWasAFile()
    {
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 1 << 20 }, _folder.Path);
        listener.CStoreRequestReceived += (_, e) =>
        {
            Assert.Empty(_folder.Files);
            e.DataSet!.Save(_folder.File("saved.dcm"));
            e.Respond(DicomCommandStatusType.Success);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create(pixelBytes: 300_000);

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));

        AssertSaved(instance, _folder.File("saved.dcm"));
    }

    [Fact]
    public async Task DataSet_OneByteOverTheThreshold_IsSpooled()
    {
        using var instance = TestInstance.Create(pixelBytes: 1000);
        var length = TestInstance.Encoded(instance).Length;
        var files = new List<int>();
        foreach (var threshold in new[] { length, length - 1 })
        {
            using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = threshold }, _folder.Path);
            listener.CStoreRequestReceived += (_, _) => files.Add(_folder.Files.Length);
            using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
            await scu.StoreAsync(instance);
        }

        Assert.Equal([0, 1], files);
        await Eventually.True(() => _folder.Files.Length == 0);
    }

    [Theory]
    [InlineData("unanswered")]
    [InlineData("throws")]
    [InlineData("refused")]
    public async Task DataSet_NotSaved_LeavesNoFile(string fate)
    {
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, _folder.Path);
        listener.CStoreRequestReceived += (_, e) =>
        {
            Assert.Single(_folder.Files);
            if (fate == "throws")
            {
                throw new InvalidOperationException("The test's.");
            }

            if (fate == "refused")
            {
                e.Respond(DicomCommandStatusType.NotAuthorized);
            }
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.NotEqual(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
        await scu.EchoAsync();

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task DataSet_ConnectionEndsBeforeTheAnswer_LeavesNoFile()
    {
        var question = new TaskCompletionSource<DicomCStoreRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, _folder.Path);
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.Handled = true;
            question.SetResult(e);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create();
        scu.SendStore(instance);
        var asked = await question.Task.WithTimeout();
        Assert.Single(_folder.Files);

        scu.Net.Close();

        await Eventually.True(() => _folder.Files.Length == 0);
        Assert.False(asked.Respond(DicomCommandStatusType.Success).IsSuccess);
    }

    [Fact]
    public async Task DataSet_OfAResponseThatNobodyKeeps_LeavesNoFile()
    {
        // A responder may attach a data set to anything: what arrives with a response is the receiver's burden too.
        using var listener = TestScp.AcceptingAll();
        listener.DataReceived += (sender, e) =>
        {
            using var extra = TestInstance.Create();
            var response = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
            response.SetText(DicomTag.FromUInt32(0x0000_0002), DicomVR.UI, DicomUids.Verification);
            response.Set(DicomTag.FromUInt32(0x0000_0100), 0x8030L); // C-ECHO-RSP, PS3.7 §E.1
            response.Set(DicomTag.FromUInt32(0x0000_0120), e.CommandSet.GetInt64(DicomTag.FromUInt32(0x0000_0110)));
            response.Set(DicomTag.FromUInt32(0x0000_0800), 0x0000L);
            response.Set(DicomTag.FromUInt32(0x0000_0900), 0L);
            response.SetText(DicomTag.FromUInt32(0x0000_1000), DicomVR.UI, TestInstance.Uid);
            ((DicomNet)sender!).SendData(e.PresentationID, response, extra).ThrowIfFailed();
        };
        var received = new List<int>();
        using var scu = new DicomNet(_folder.Path, DicomNetSecurityMode.None, new() { MemoryThreshold = 0 });
        var answered = new TaskCompletionSource();
        scu.Connected += (_, _) => scu.SendAssociateRequest(TestScu.Request(DicomUids.Verification));
        scu.AssociateAcceptReceived += (_, _) => scu.SendCEchoRequest(1, 1, DicomUids.Verification);
        scu.DataReceived += (_, e) => received.Add(e.DataSet is null ? 0 : _folder.Files.Length);
        scu.CEchoResponseReceived += (_, _) => answered.SetResult();
        scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();

        await answered.Task.WithTimeout();

        Assert.Equal([1], received);
        await Eventually.True(() => _folder.Files.Length == 0);
    }

    [Fact]
    public async Task DataStarting_Stream_GetsTheBytesAsTheyComeAndIsClosed()
    {
        using var destination = new MemoryStream();
        DicomDataSet? told = null;
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, _folder.Path);
        listener.DataStarting += (_, e) =>
        {
            Assert.Equal(TestInstance.Uid, e.CommandSet.GetString(DicomTag.FromUInt32(0x0000_1000)));
            e.Destination = destination;
        };
        listener.CStoreRequestReceived += (_, e) =>
        {
            told = e.DataSet;
            e.Respond(DicomCommandStatusType.Success);
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create(pixelBytes: 300_000);

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));

        Assert.Null(told);
        Assert.Equal(TestInstance.Encoded(instance), destination.ToArray());
        Assert.False(destination.CanWrite);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task DataStarting_StreamThrows_IsOutOfResourcesAndTheAssociationLives()
    {
        using var full = new FullDisk();
        using var listener = TestScp.AcceptingAll();
        listener.DataStarting += (_, e) => e.Destination = full;
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create(pixelBytes: 300_000);

        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync(instance));

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.True(full.IsDisposed);
    }

    [Fact]
    public async Task DataStarting_HandlerThrows_IsKeptAsUsual()
    {
        using var listener = TestScp.AcceptingAll();
        listener.DataStarting += (_, _) => throw new InvalidOperationException("The test's.");
        listener.CStoreRequestReceived += (_, e) => e.Respond(
            e.DataSet!.GetString(DicomTag.SOPInstanceUID) == TestInstance.Uid ? DicomCommandStatusType.Success : DicomCommandStatusType.Warning);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
    }

    [Fact]
    public async Task SpoolFolder_Gone_IsOutOfResourcesAndTheAssociationLives()
    {
        var gone = Directory.CreateDirectory(_folder.File("gone"));
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, gone.FullName);
        gone.Delete();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync(instance));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Router_ForwardsAReceivedDataSetAndAnswersAtOnce_BytesArriveAndNoFileStays()
    {
        using var archive = TestScp.AcceptingAll(new() { MemoryThreshold = 1 << 24 });
        var archived = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        archive.CStoreRequestReceived += (_, e) =>
        {
            archived.SetResult(TestInstance.Encoded(e.DataSet!));
            e.Respond(DicomCommandStatusType.Success);
        };
        using var forward = await TestScu.AssociatedAsync(archive.HostPort, TestInstance.SopClass);
        using var router = TestScp.AcceptingAll(new() { MemoryThreshold = 0 }, _folder.Path);
        router.CStoreRequestReceived += (_, e) =>
        {
            forward.SendStore(e.DataSet!);
            e.Respond(DicomCommandStatusType.Success);
            Assert.Throws<ObjectDisposedException>(() => e.DataSet!.Count);
        };
        using var scu = await TestScu.AssociatedAsync(router.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create(pixelBytes: 2_000_000); // arbitrary: some of it waits when the answer goes out

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));

        Assert.Equal(TestInstance.Encoded(instance), await archived.Task.WithTimeout());
        Assert.Equal(DicomCommandStatusType.Success, (await forward.NextAsync<DicomCStoreResponseEventArgs>()).Status);
        await Eventually.True(() => _folder.Files.Length == 0);
    }

    private static void AssertSaved(DicomDataSet instance, string path)
    {
        var expected = TestInstance.Encoded(instance);
        var file = File.ReadAllBytes(path);
        Assert.Equal("DICM"u8, file.AsSpan(128, 4)); // PS3.10 §7.1
        var metaLength = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(140)); // (0002,0000) UL, explicit VR
        Assert.Equal(expected, file.AsSpan(144 + metaLength));
        using var loaded = DicomDataSet.Load(path);
        Assert.Equal(TestInstance.Uid, loaded.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal(DicomUids.ImplicitVRLittleEndian, loaded.TransferSyntax);
    }

    private sealed class FullDisk : MemoryStream
    {
        public bool IsDisposed { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("The test's: no space left.");

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
